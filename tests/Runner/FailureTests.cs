using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Runner;
using Testbed.Runner.Sim;
using Xunit;

namespace Testbed.Tests.Runner;

/// <summary>However a command ends, there is an exit code and at most one line about it.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("topics --list --bootstrap-server 127.0.0.1:1")]
    [InlineData("produce --topic t --bootstrap-server 127.0.0.1:1")]
    [InlineData("consume --topic t --bootstrap-server 127.0.0.1:1")]
    public async Task A_command_that_is_interrupted_before_its_end_says_nothing_and_ends_with_130(
        string commandLine)
    {
        var run = await Invocation.RunWith(Stream.Null, new CancellationToken(true), commandLine.Split(' '));
        Assert.Equal((ExitCode.Interrupted, "", ""), (run.ExitCode, run.Text, run.Error));
    }

    [Fact]
    public async Task A_bug_is_one_line_with_its_exception_and_what_to_do()
    {
        var (exitCode, errors) = await RunWith(
            () => new SimulationEscapeException("the run blocked\nits thread"));
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal(
            "testbed sim run: broke: SimulationEscapeException: the run blocked its thread. "
                + "This is a bug in testbed: please report it with the command line.\n",
            errors);
    }

    [Fact]
    public async Task What_is_behind_an_exception_is_told_too()
    {
        var (_, errors) = await RunWith(
            () => new InvalidOperationException("it has ended.", new FormatException("no number")));
        Assert.Contains(
            "broke: InvalidOperationException: it has ended, because of FormatException: no number. ",
            errors);
    }

    [Fact]
    public async Task A_full_disk_is_no_bug()
    {
        var (exitCode, errors) = await RunWith(() => new OutputFailedException("No space left on device"));
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal(
            "testbed sim run: standard output cannot be written: No space left on device\n", errors);
    }

    [Fact]
    public async Task An_output_that_nobody_reads_is_no_failure() =>
        Assert.Equal((ExitCode.Ok, ""), await RunWith(() => new OutputClosedException()));

    /// <summary>A command that prints, to where it cannot.</summary>
    private static async Task<(int ExitCode, string Errors)> RunWith(Func<Exception> failure)
    {
        using var error = new StringWriter { NewLine = "\n" };
        using var broken = new OutputOfErrors(failure);
        var output = new Output(Stream.Null, broken, error);
        var exitCode = await CommandLine.Run(["sim", "run", "--seed", "1", "--seconds", "12"], output);
        return (exitCode, error.ToString());
    }
}
