using System;
using System.Diagnostics;
using System.Linq;
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
    public void A_seed_gives_the_same_run_in_another_process_with_other_settings(params string[] settings)
    {
        var expected = string.Concat(Seeds.Select(seed => ToyRun.Of(seed) + Environment.NewLine));
        Assert.Equal(expected, RunElsewhere(settings));
    }

    private static string RunElsewhere(string[] settings)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add("toy");
        foreach (var seed in Seeds)
        {
            start.ArgumentList.Add(seed.ToString());
        }
        foreach (var setting in settings)
        {
            start.Environment[setting[..setting.IndexOf('=')]] = setting[(setting.IndexOf('=') + 1)..];
        }
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return output;
    }
}
