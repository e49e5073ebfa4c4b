using System.Threading.Tasks;

namespace Testbed.Runner;

/// <summary>The `testbed` program.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        using var output = Output.Standard();
        return await CommandLine.Run(args, output);
    }
}
