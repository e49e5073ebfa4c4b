using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log;

/// <summary>When a segment ends, other than by its size, and what is known of it afterwards.</summary>
public sealed class SegmentRollTests
{
    /// <summary>An index holds offsets as 31 bits behind the segment's first.</summary>
    [Theory]
    [InlineData(int.MaxValue - 2, 1)]
    [InlineData(int.MaxValue - 1, 2)]
    public void A_batch_whose_last_offset_no_index_of_the_segment_can_hold_begins_another(
        int lastOffsetDelta, int segments)
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a");
        bench.Append(new RecordBatchOptions { LastOffsetDelta = lastOffsetDelta }, 0, "b");
        bench.Settle();
        var end = bench.Log.EndOffset;

        Assert.Equal(lastOffsetDelta + 2L, end.Value);
        Assert.Equal(segments, Files(bench, ".log").Count);
        bench.Crash(CrashKind.PowerCut);
        Assert.Equal(end, bench.Log.EndOffset);
    }

    [Fact]
    public void No_index_file_grows_beyond_its_bound()
    {
        const int BoundBytes = 48;
        var settings = LogSettings.Default with { IndexIntervalBytes = 120, SegmentIndexBytes = BoundBytes };
        var bench = new LogBench(1, settings);
        AppendLaterAndLater(bench, 60);
        bench.Wait(bench.Log.Flush());

        var indexes = Files(bench, ".index").Concat(Files(bench, ".timeindex")).ToList();
        Assert.True(Files(bench, ".log").Count > 5);
        Assert.All(indexes, path => Assert.InRange(bench.Device.Contents(path)!.Length, 0, BoundBytes));
    }

    [Fact]
    public void The_latest_records_of_a_segment_that_has_ended_are_found_by_their_time_after_a_restart()
    {
        var settings = LogSettings.Default with { SegmentBytes = 1_500, IndexIntervalBytes = 300 };
        var bench = new LogBench(1, settings);
        AppendLaterAndLater(bench, 60);
        bench.Wait(bench.Log.Flush());
        bench.Opening = bench.Opening with { RecoveryPoint = bench.Log.RecoveryPoint };
        bench.Crash(CrashKind.PowerCut);

        for (var timeMs = 1; timeMs <= 60; timeMs++)
        {
            var found = bench.Wait(bench.Log.FindByTimestamp(timeMs, bench.Log.WrittenEnd));
            Assert.Equal(new TimestampedOffset(new Offset(timeMs - 1), timeMs, new(0)), found.Record);
        }
        Assert.DoesNotContain("index-rebuilt", bench.World.Trace.Marks.Keys);
    }

    /// <summary>One record a batch, at the times 1, 2, 3 and so on.</summary>
    private static void AppendLaterAndLater(LogBench bench, int count)
    {
        for (var timeMs = 1; timeMs <= count; timeMs++)
        {
            bench.AppendAndWait(new string('x', timeMs));
        }
    }

    private static List<string> Files(LogBench bench, string suffix) =>
        bench.Device.FilePaths().Where(path => path.EndsWith(suffix)).ToList();
}
