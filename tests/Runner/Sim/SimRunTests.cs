using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner.Sim;

/// <summary>What `sim run` prints.</summary>
public sealed class SimRunTests
{
    /// <summary>The shortest run that has faults in it.</summary>
    private const string Short = "--seconds 12";

    private const string Bug = Short + " --plant-sync-removed";

    /// <summary>Of so many seeds one finds the planted bug.</summary>
    private const int SeedsMax = 30;

    [Fact]
    public async Task A_run_that_keeps_its_promises_is_one_line()
    {
        var run = await Run($"--seed 1 {Short}");
        Assert.Equal((ExitCode.Ok, ""), (run.ExitCode, run.Error));
        Assert.Matches(
            @"^seed 1 ok events=\d+ hash=[0-9a-f]{16} acknowledged=\d+ simulated=\d+\.\ds wall=\d+\.\d\ds\n$",
            run.Text);
    }

    [Fact]
    public async Task A_broken_promise_is_told_and_the_verdict_comes_last()
    {
        var (seed, run) = await FirstToFail();
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal(4, run.Lines.Length);
        Assert.Matches("^broken promise: .{10,}", run.Lines[0]);
        Assert.Matches(@"^  by (node \d+|the world) at \d+\.\d{6} s of virtual time$", run.Lines[1]);
        Assert.Equal($"  again: testbed sim run --seed {seed} {Bug} --trace", run.Lines[2]);
        Assert.Matches($"^seed {seed} FAILED events=", run.Lines[3]);
    }

    [Fact]
    public async Task The_command_that_is_printed_shows_the_same_failure_with_its_events()
    {
        var (seed, run) = await FirstToFail();
        var again = await Run($"--seed {seed} {Bug}");
        Assert.Equal(WithoutWall(run.Lines), WithoutWall(again.Lines));

        var replay = run.Lines[2].Split("testbed sim run ")[1];
        var traced = await Run(replay);
        Assert.Equal(ExitCode.Failed, traced.ExitCode);
        Assert.True(traced.Lines.Length > 1_000, $"{traced.Lines.Length} lines");
        Assert.Equal(WithoutWall(run.Lines), WithoutWall(traced.Lines[^4..]));
    }

    [Fact]
    public async Task JSON_has_an_object_per_seed()
    {
        var (seed, failed) = await FirstToFail();
        var run = await Run($"--seeds {seed - 1}..{seed} {Bug} --json");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal(2, run.Lines.Length);

        var good = JsonDocument.Parse(run.Lines[0]).RootElement;
        Assert.Equal(seed - 1, good.GetProperty("seed").GetInt32());
        Assert.True(good.GetProperty("ok").GetBoolean());
        Assert.True(good.GetProperty("simulatedSeconds").GetDouble() >= 12);
        Assert.False(good.TryGetProperty("violation", out _));

        var bad = JsonDocument.Parse(run.Lines[1]).RootElement;
        Assert.False(bad.GetProperty("ok").GetBoolean());
        Assert.Contains(
            $"events={bad.GetProperty("events").GetInt64()} hash={bad.GetProperty("hash").GetString()} "
            + $"acknowledged={bad.GetProperty("acknowledged").GetInt64()} ",
            failed.Lines[3]);
        Assert.Equal(failed.Lines[0], $"broken promise: {bad.GetProperty("violation").GetString()}");
        Assert.InRange(bad.GetProperty("timeSeconds").GetDouble(), 0.001, 200);
        Assert.True(bad.GetProperty("wallSeconds").GetDouble() > 0);
        Assert.Equal($"  again: {bad.GetProperty("replay").GetString()}", failed.Lines[2]);
        var node = bad.GetProperty("node");
        var culprit = node.ValueKind == JsonValueKind.Null ? "the world" : $"node {node.GetInt32()}";
        Assert.StartsWith($"  by {culprit} at ", failed.Lines[1]);
    }

    [Fact]
    public async Task A_trace_that_nobody_reads_to_the_end_is_no_failure()
    {
        using var error = new StringWriter();
        using var nobody = new OutputOfErrors(static () => new OutputClosedException());
        using var output = new Output(Stream.Null, nobody, error);
        var exitCode = await CommandLine.Run($"sim run --seed 1 {Short} --trace".Split(' '), output);
        Assert.Equal((ExitCode.Ok, ""), (exitCode, error.ToString()));
    }

    /// <summary>The first seed that the planted bug breaks, next to one that it does not.</summary>
    private static async Task<(int Seed, Invocation Run)> FirstToFail()
    {
        var wasGood = false;
        for (var seed = 1; seed <= SeedsMax; seed++)
        {
            var run = await Run($"--seed {seed} {Bug}");
            if (run.ExitCode != ExitCode.Ok && wasGood)
            {
                return (seed, run);
            }
            wasGood = run.ExitCode == ExitCode.Ok;
        }
        throw new InvalidOperationException($"none of {SeedsMax} seeds finds the planted bug");
    }

    private static string[] WithoutWall(string[] lines) =>
        Array.ConvertAll(lines, line => line.Split(" wall=")[0]);

    private static Task<Invocation> Run(string flags) => Invocation.Run($"sim run {flags}".Split(' '));
}
