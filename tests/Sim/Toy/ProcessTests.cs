using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

/// <summary>Hash codes, timing and generated code differ from process to process; runs must not.</summary>
public class ProcessTests
{
    private static readonly ulong[] Seeds = [1, 2, 3];

    [Theory]
    [InlineData("DOTNET_TieredCompilation=0", "DOTNET_PROCESSOR_COUNT=1")]
    [InlineData("DOTNET_TieredPGO=1", "DOTNET_PROCESSOR_COUNT=8", "DOTNET_gcServer=1")]
    [InlineData("DOTNET_ReadyToRun=0", "DOTNET_TC_QuickJitForLoops=0", "DOTNET_EnableHWIntrinsic=0")]
    public async Task A_seed_gives_the_same_run_in_another_process_with_other_settings(
        params string[] settings) =>
        Assert.Equal(Here(ToyRun.Of), await OtherProcess.Run(Arguments("toy"), settings));

    [Fact]
    public async Task A_delay_drawn_from_a_hash_code_makes_two_processes_disagree()
    {
        var arguments = Arguments("toy-with-hash-codes");
        var (one, other) = (OtherProcess.Run(arguments), OtherProcess.Run(arguments));
        var lines = (await one).Zip(await other).ToList();

        Assert.Equal(Seeds.Length, lines.Count);
        Assert.All(lines, static line => Assert.NotEqual(line.First, line.Second));
        // Two runs within one process cannot see it: that is why there are two processes.
        Assert.Equal(Here(ToyRun.WithHashCodes), Here(ToyRun.WithHashCodes));
    }

    private static IEnumerable<string> Here(Func<ulong, SimulationReport> run) =>
        Seeds.Select(seed => run(seed).ToString());

    private static string[] Arguments(string command) =>
        [command, .. Seeds.Select(static seed => seed.ToString())];
}
