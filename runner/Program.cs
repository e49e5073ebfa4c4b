using System.CommandLine;
using System.Threading.Tasks;
using Testbed.Runner.Commands;

namespace Testbed.Runner;

/// <summary>The `testbed` program.</summary>
public static class Program
{
    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Testbed: a Kafka-compatible streaming platform.")
        {
            StartCommand.Build(),
            SimCommand.Build(),
        };
        return root.Parse(args).InvokeAsync();
    }
}
