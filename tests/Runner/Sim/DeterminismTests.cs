using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner.Sim;

/// <summary>
/// The fifth fence: the same seeds in two processes that differ in processor count and compilation. Runs
/// within one process cannot see what depends on the process: hash codes of strings, for one.
/// </summary>
public sealed class DeterminismTests
{
    private const int SeedsAtHome = 6;
    private const int SeedsInCi = 200;

    /// <summary>Simulated seconds of a run: the shortest that has faults in it.</summary>
    private const string Seconds = "12";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Runs_are_the_same_in_every_process()
    {
        var seeds = Environment.GetEnvironmentVariable("CI") == "true" ? SeedsInCi : SeedsAtHome;
        var one = Hashes(seeds, processors: "1", tiered: "0");
        var other = Hashes(seeds, processors: "8", tiered: "1");
        await Task.WhenAll(one, other);

        Assert.Equal(seeds, (await one).Count);
        Assert.Equal(await one, await other);
    }

    /// <summary>One line a seed, without the time it took.</summary>
    private static async Task<List<string>> Hashes(int seeds, string processors, string tiered)
    {
        var program = Path.Combine(
            AppContext.BaseDirectory, typeof(Program).Assembly.GetName().Name + ".dll");
        string[] arguments = [program, "sim", "run", "--seeds", $"1..{seeds}", "--seconds", Seconds];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = processors;
        start.Environment["DOTNET_TieredCompilation"] = tiered;
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Limit);
            await process.WaitForExitAsync().WaitAsync(Limit);
            Assert.True(process.ExitCode == 0, output);
            return
            [
                .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => line.Split(" wall=")[0]),
            ];
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
