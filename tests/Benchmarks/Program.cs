using System.Threading.Tasks;
using BenchmarkDotNet.Running;

namespace Testbed.Tests.Benchmarks;

/// <summary>
/// `dotnet run -c Release --project tests/Benchmarks -- --filter '*'` runs the benchmarks; `-- log [DIR]`
/// measures a partition's log on the disk of DIR, else of the folder for temporary files.
/// </summary>
public static class Program
{
    private const string LogWord = "log";

    public static async Task Main(string[] args)
    {
        if (args is [LogWord, ..])
        {
            await LogMeasurement.Run(args.Length > 1 ? args[1] : System.IO.Path.GetTempPath());
            return;
        }
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    }
}
