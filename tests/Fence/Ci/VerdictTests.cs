using System.Diagnostics;
using System.IO;
using Xunit;

namespace Testbed.Tests.Fence;

/// <summary>The verdict of .ci/run on logs of `dotnet test`.</summary>
public class VerdictTests
{
    private const string Engine =
        "Passed!  - Failed:     0, Passed:   116, Skipped:     0, "
        + "Total:   116, Duration: 4 s - Engine.dll (net10.0)\n";

    private const string Sim =
        "Passed!  - Failed:     0, Passed:    20, Skipped:     3, "
        + "Total:    23, Duration: 9 s - Sim.dll (net10.0)\n";

    private const string Net =
        "Failed!  - Failed:     2, Passed:     5, Skipped:     0, "
        + "Total:     7, Duration: 1 s - Net.dll (net10.0)\n";

    [Fact]
    public void Results_are_added_up() =>
        AssertVerdict("136 passed, 0 failed, 3 skipped", 0, Engine + Sim, 0);

    [Fact]
    public void Nothing_is_said_of_skipped_tests_when_there_are_none() =>
        AssertVerdict("116 passed, 0 failed", 0, Engine, 0, "Engine.dll");

    [Fact]
    public void A_failed_test_fails_the_run() =>
        AssertVerdict("121 passed, 2 failed", 1, Engine + Net, 1, "Engine.dll", "Net.dll");

    [Fact]
    public void An_assembly_that_says_nothing_has_failed() =>
        AssertVerdict("116 passed, 1 failed", 1, Engine, 0);

    [Fact]
    public void An_assembly_that_crashes_half_way_has_failed() => AssertVerdict(
        "136 passed, 1 failed, 3 skipped",
        1,
        Engine + "The active test run was aborted. Reason: Test host process crashed\n" + Sim,
        1);

    [Fact]
    public void A_build_that_fails_is_a_failure_of_every_assembly() =>
        AssertVerdict("0 passed, 2 failed", 1, "A.cs(1,1): error CS0103: The name does not exist\n", 1);

    [Fact]
    public void A_run_that_fails_without_a_failed_test_has_failed() =>
        AssertVerdict("136 passed, 1 failed, 3 skipped", 1, Engine + Sim, 124);

    private static void AssertVerdict(string verdict, int exitCode, string log, int testCode) =>
        AssertVerdict(verdict, exitCode, log, testCode, "Engine.dll", "Sim.dll");

    private static void AssertVerdict(
        string verdict, int exitCode, string log, int testCode, params string[] assemblies)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, log);
        string[] arguments = [Repository.Path(".ci/verdict.sh"), path, testCode.ToString(), .. assemblies];
        var start = new ProcessStartInfo("bash", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        File.Delete(path);
        Assert.Equal((verdict + "\n", exitCode), (output, bash.ExitCode));
    }
}
