using System;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Testbed.Foundation;
using Testbed.Runner.Sim;
using Testbed.Sim;
using Testbed.Sim.Workloads;

namespace Testbed.Runner.Commands;

/// <summary>`testbed sim run`: one seed, or a range of them, each a run of its own.</summary>
public static class SimRunCommand
{
    private const long SecondsDefault = 60;
    private const long SecondsMin = 12;
    private const long SecondsMax = 86_400;

    public static Command Build()
    {
        var seed = new Option<string>("--seed", "--seeds")
        {
            Description = "The seed, or a range of seeds such as 1..200.",
            Required = true,
        };
        seed.Validators.Add(static result =>
        {
            var text = result.Tokens[0].Value;
            if (!SeedRange.TryParse(text, out _))
            {
                result.AddError($"--seed '{text}' is no whole number from 0 and no range such as 1..200.");
            }
        });
        var seconds = new Option<long?>("--seconds")
        {
            Description = "Virtual seconds in which clients work and faults happen, "
                + $"{SecondsMin} to {SecondsMax}; {SecondsDefault} when left out.",
            HelpName = "n",
            CustomParser = NumberFlag.Between(SecondsMin, SecondsMax),
        };
        var trace = new Option<bool>("--trace") { Description = "Print one line for each event." };
        var withoutSync = new Option<bool>("--plant-sync-removed")
        {
            Description = "Plant a bug: syncs report success and make nothing durable. The run should fail.",
        };
        var command = new Command(
            "run", "Runs a simulated broker with clients and faults; exit code 1 when a promise broke.")
        {
            seed,
            seconds,
            trace,
            withoutSync,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(seed)!,
            parsed.GetValue(seconds) ?? SecondsDefault,
            parsed.GetValue(trace),
            parsed.GetValue(withoutSync)));
        return command;
    }

    private static int Run(string seeds, long seconds, bool isTraced, bool isSyncRemoved)
    {
        var isRange = SeedRange.TryParse(seeds, out var range);
        Invariant.Assert(isRange);
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = !isTraced };
        var guard = new SimulationGuard(isAloneInProcess: true);
        var exit = ExitCode.Ok;
        foreach (var seed in range.All())
        {
            var settings = new WorkloadSettings
            {
                Seed = seed,
                DurationMs = seconds * 1_000,
                IsSyncRemoved = isSyncRemoved,
            };
            exit |= RunOne(settings, guard, output, isTraced);
        }
        return exit;
    }

    private static int RunOne(
        WorkloadSettings settings, SimulationGuard guard, TextWriter output, bool isTraced)
    {
        var watch = Stopwatch.StartNew();
        var run = new WorkloadRun(settings);
        if (isTraced)
        {
            run.World.Trace.ReadLines(output.WriteLine, TraceDetail.Events);
        }
        var report = guard.Run(run.Run);
        var wall = watch.Elapsed.TotalSeconds;
        var verdict = report.Violation is null ? "ok" : "FAILED";
        var simulated = report.SimulatedTime.Ticks / 10_000_000.0;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seed {report.Seed} {verdict} events={report.Events} hash={report.Hash:x16} "
            + $"acknowledged={run.AcknowledgedCount} "
            + $"simulated={simulated:F1}s wall={wall:F2}s"));
        if (report.Violation is not { } violation)
        {
            return ExitCode.Ok;
        }
        output.WriteLine($"  broken promise: {violation.Invariant}");
        var culprit = violation.Node.Value < 0 ? "the world" : $"node {violation.Node}";
        output.WriteLine($"  by {culprit} at {violation.Time} s of virtual time");
        output.WriteLine($"  again: testbed sim run {Arguments(settings)} --trace");
        output.Flush();
        return ExitCode.Failed;
    }

    private static string Arguments(WorkloadSettings settings)
    {
        var seconds =
            settings.DurationMs == SecondsDefault * 1_000 ? "" : $" --seconds {settings.DurationMs / 1_000}";
        return $"--seed {settings.Seed}{seconds}{(settings.IsSyncRemoved ? " --plant-sync-removed" : "")}";
    }
}
