using System.Collections.Generic;
using Testbed.Sim.Workloads;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Sim.Workloads;

public sealed class WorkloadRunTests(ITestOutputHelper output)
{
    private const int PlantedSeedsMax = 50;
    private const int MarkedSeedsMax = 80;

    /// <summary>Marks of the engine that runs of the workload must come upon.</summary>
    private static readonly string[] MarksToReach = ["torn-tail-cut", "leftovers-of-cleaning-removed"];

    [Fact]
    public void Every_acknowledged_record_is_read_back_whatever_crashes()
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var run = new WorkloadRun(new WorkloadSettings { Seed = seed });
            var report = run.Run();
            output.WriteLine(report.ToString());

            Assert.Null(report.Violation);
            Assert.True(
                run.AcknowledgedCount > 500, $"only {run.AcknowledgedCount} records were acknowledged");
        }
    }

    [Fact]
    public void The_same_seed_is_the_same_run_and_another_seed_is_another()
    {
        var first = new WorkloadRun(Short(7)).Run();
        var second = new WorkloadRun(Short(7)).Run();
        var other = new WorkloadRun(Short(8)).Run();

        Assert.Equal(first, second);
        Assert.NotEqual(first.Hash, other.Hash);
    }

    [Fact]
    public void A_sync_that_does_nothing_is_found_within_fifty_seeds()
    {
        for (ulong seed = 1; seed <= PlantedSeedsMax; seed++)
        {
            var report = new WorkloadRun(new WorkloadSettings { Seed = seed, IsSyncRemoved = true }).Run();
            if (report.Violation is { } violation)
            {
                output.WriteLine($"found by seed {seed}: {violation}");
                Assert.Matches(
                    "acknowledged|was read|comes back after a crash|what was synced", violation.Invariant);
                return;
            }
        }
        Assert.Fail($"{PlantedSeedsMax} seeds ran with a sync that does nothing and broke no promise");
    }

    [Fact]
    public void Rare_branches_are_reached()
    {
        var missing = new HashSet<string>(MarksToReach);
        for (ulong seed = 1; seed <= MarkedSeedsMax && missing.Count > 0; seed++)
        {
            var run = new WorkloadRun(Short(seed));
            run.Run();
            foreach (var (mark, count) in run.World.Trace.Marks)
            {
                output.WriteLine($"seed {seed}: {mark} {count}");
            }
            missing.ExceptWith(run.World.Trace.Marks.Keys);
        }

        Assert.Empty(missing);
    }

    private static WorkloadSettings Short(ulong seed) => new() { Seed = seed, DurationMs = 24_000 };
}
