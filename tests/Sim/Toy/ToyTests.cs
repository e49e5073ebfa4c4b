using System.Collections.Generic;
using System.Threading;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

public class ToyTests
{
    [Fact]
    public void Acknowledged_messages_survive_crashes_power_cuts_and_a_bad_network()
    {
        var ackedCount = 0;
        var marks = new SortedSet<string>();
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var postDelayTicks = seed % 2 == 0 ? 0 : 500;
            var run = new ToyRun(
                new WorldOptions { Seed = seed, DriftPpmMax = 200, PostDelayTicksMax = postDelayTicks });
            var report = run.Run();
            Assert.True(report.Violation is null, report.ToString());
            ackedCount += run.Oracle.AckedCount;
            marks.UnionWith(run.World.Trace.Marks.Keys);
        }
        Assert.True(ackedCount > 10_000, $"only {ackedCount} acknowledged");
        Assert.Equal(
            [
                "answer late", "closed Local", "closed Remote", "closed Reset", "connect Refused",
                "connect Timeout", "held back", "torn tail",
            ],
            marks);
    }

    [Fact]
    public void A_disk_that_lies_about_syncing_is_found_out()
    {
        var foundCount = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var report = new ToyRun(new WorldOptions { Seed = seed }, isSyncLying: true).Run();
            foundCount += report.Violation is { Invariant: "acknowledged messages survive" } ? 1 : 0;
        }
        Assert.True(foundCount >= 36, $"found in {foundCount} of 40 runs");
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        var hashes = new SortedSet<ulong>();
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var report = ToyRun.Of(seed);
            Assert.Equal(report, ToyRun.Of(seed));
            hashes.Add(report.Hash);
        }
        Assert.Equal(5, hashes.Count);
    }

    [Fact]
    public void Reading_every_line_of_a_run_does_not_change_it()
    {
        var lines = new List<string>();
        var run = new ToyRun(new WorldOptions { Seed = 3 });
        run.World.Trace.ReadLines(lines.Add, TraceDetail.Events);
        Assert.Equal(ToyRun.Of(3), run.Run());
        Assert.True(lines.Count > run.World.EventCount);
        Assert.DoesNotContain(lines, line => line[14] != ' ' || line[23] == ' ');
    }

    [Fact]
    public void A_violation_is_the_same_in_every_run_of_its_seed()
    {
        var first = new ToyRun(new WorldOptions { Seed = 2 }, isSyncLying: true).Run();
        Assert.NotNull(first.Violation);
        Assert.Equal(first, new ToyRun(new WorldOptions { Seed = 2 }, isSyncLying: true).Run());
    }

    [Fact]
    public void A_run_never_blocks_its_thread()
    {
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(new NoWaiting());
            Assert.Null(ToyRun.Of(1).Violation);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
