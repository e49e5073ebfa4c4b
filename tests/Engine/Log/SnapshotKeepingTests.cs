using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Tests.Engine.Node;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Log;

/// <summary>Which snapshots of producers stay: no more than a few without a segment.</summary>
public sealed class SnapshotKeepingTests
{
    private const string Suffix = ".snapshot";

    [Fact]
    public void Within_segments_only_those_of_the_last_two_stay()
    {
        var settings = LogSettings.Default with
        {
            SegmentBytes = 2_000, SyncBeforeAcknowledge = true, RecoveredTailBytes = 300,
        };
        var bench = new LogBench(1, settings);
        for (var i = 0; i < 300; i++)
        {
            bench.AppendAndWait("a");
        }

        var bases = Offsets(bench.Device, ".log");
        Assert.True(bases.Count > 5);
        var within = Offsets(bench.Device, Suffix).Except(bases).ToList();
        Assert.NotEmpty(within);
        Assert.All(within, at => Assert.True(at > bases[^2]));
        // Each segment but the first has the one at its beginning.
        Assert.Equal(bases[1..], Offsets(bench.Device, Suffix).Intersect(bases));
        bench.Crash(CrashKind.PowerCut);
        Assert.Equal(300, bench.Log.EndOffset.Value);
        Assert.All(Offsets(bench.Device, Suffix).Except(bases), at => Assert.True(at > bases[^1]));
    }

    [Fact]
    public void Those_of_segments_that_compaction_has_merged_go()
    {
        var bench = new NodeBench(1, "log.cleaner.backoff.ms=1000");
        var client = bench.Connect();
        bench.CreateTopic(
            client,
            "t",
            1,
            "cleanup.policy=compact",
            "segment.bytes=1048576",
            "min.cleanable.dirty.ratio=0.01");
        var value = new string('v', 300_000);
        for (var i = 0; i < 60; i++)
        {
            bench.Ask<ProduceResponse>(client, bench.Produce("t", value, key: "k"), 9);
            // The second cleaning merges what the first has left of each segment.
            bench.RunForMs(i == 40 ? 5_000 : 0);
        }
        bench.RunForMs(5_000);

        var device = bench.World.Node(new NodeId(1)).Disks[0];
        var bases = Offsets(device, ".log");
        Assert.InRange(bases.Count, 2, 12);    // of twenty
        Assert.Equal(bases[1..], Offsets(device, Suffix));
    }

    [Fact]
    public void A_snapshot_that_a_crash_has_left_without_a_segment_goes_with_the_next_start()
    {
        var bench = new LogBench(1, LogSettings.Default with { SegmentBytes = 400 });
        for (var i = 0; i < 30; i++)
        {
            bench.AppendAndWait("a");
        }
        var before = Offsets(bench.Device, Suffix);
        bench.Create($"t-0/{2:D20}{Suffix}", [1, 2, 3]);
        bench.Reopen();

        Assert.Equal(before, Offsets(bench.Device, Suffix));
    }

    /// <summary>It would speak for batches that are appended later.</summary>
    [Fact]
    public void A_snapshot_beyond_the_logs_end_goes_with_the_next_start()
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a");
        bench.Create($"t-0/{2:D20}{Suffix}", [1, 2, 3]);
        bench.Create($"t-0/{99:D20}{Suffix}", [1, 2, 3]);
        bench.Reopen();

        Assert.Null(bench.Log.OfflineReason);
        Assert.Empty(Offsets(bench.Device, Suffix));
    }

    [Fact]
    public void Those_of_segments_that_retention_has_deleted_go()
    {
        var settings = LogSettings.Default with { SegmentBytes = 400, RetentionBytes = 1_000 };
        var bench = new LogBench(1, settings);
        for (var i = 0; i < 30; i++)
        {
            bench.AppendAndWait("a");
        }
        var before = Offsets(bench.Device, ".log");
        Assert.Equal(before[1..], Offsets(bench.Device, Suffix));
        var count = bench.Wait(bench.Log.DeleteOldSegments(bench.Log.EndOffset, bench.Shard.WallMs));

        Assert.InRange(count, 2, before.Count - 1);
        Assert.Equal(before[count..], Offsets(bench.Device, ".log"));
        Assert.Equal(before[count..], Offsets(bench.Device, Suffix));
    }

    private static List<long> Offsets(SimDisk device, string suffix) => device.FilePaths()
        .Where(path => path.StartsWith("t-0/") && path.EndsWith(suffix))
        .Select(path => long.Parse(path[4..^suffix.Length])).Order().ToList();
}
