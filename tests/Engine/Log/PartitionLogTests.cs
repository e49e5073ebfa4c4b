using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log;

public sealed class PartitionLogTests
{
    private const int SmallSegmentBytes = 400;

    [Fact]
    public void Batches_get_offsets_one_after_another_at_once()
    {
        var bench = new LogBench(1);

        Assert.Equal(new AppendedBatch(new Offset(0), new Offset(2)), bench.Append("a", "b"));
        Assert.Equal(new AppendedBatch(new Offset(2), new Offset(3)), bench.Append("c"));

        Assert.Equal(3, bench.Log.EndOffset.Value);
        Assert.Equal(0, bench.Log.WrittenEnd.Value);
    }

    [Fact]
    public void Appends_of_one_turn_are_written_together()
    {
        var bench = new LogBench(1);
        bench.Append("a");
        bench.Append("b");
        bench.Append("c");
        bench.Settle();

        Assert.Equal([3L], bench.Heard);
    }

    [Fact]
    public void A_fetch_from_within_a_batch_gets_the_whole_batch()
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a", "b", "c");
        bench.AppendAndWait("d");

        Assert.Equal(["0:a", "1:b", "2:c", "3:d"], bench.Read(1));
        Assert.Equal(["3:d"], bench.Read(3));
        Assert.Empty(bench.Read(4));
    }

    [Fact]
    public void The_first_batch_comes_whole_however_small_the_limit()
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a");
        bench.AppendAndWait("b");

        Assert.Equal(["0:a"], bench.Read(0, maxBytes: 1));
        Assert.Empty(bench.Read(0, maxBytes: 1, atLeastOne: false));
    }

    [Fact]
    public void Nothing_at_or_above_the_bound_is_read()
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a");
        bench.AppendAndWait("b");
        bench.AppendAndWait("c");

        Assert.Equal(["0:a", "1:b"], bench.Read(0, bound: 2));
        Assert.Empty(bench.Read(2, bound: 2));
    }

    [Fact]
    public void Every_offset_of_a_log_with_many_segments_is_found_under_every_limit()
    {
        var bench = new LogBench(1, Small());
        for (var i = 0; i < 60; i++)
        {
            bench.AppendAndWait($"value-{i}");
        }

        for (var from = 0; from < 60; from++)
        {
            foreach (var limit in new[] { 1, 100, 250, 100_000 })
            {
                var read = bench.Read(from, limit);
                Assert.Equal($"{from}:value-{from}", read[0]);
                Assert.Equal(Enumerable.Range(from, read.Count).Select(i => $"{i}:value-{i}"), read);
            }
        }
    }

    [Fact]
    public void A_batch_larger_than_a_segment_has_a_segment_of_its_own()
    {
        var bench = new LogBench(1, Small());
        bench.AppendAndWait("a");
        bench.AppendAndWait(new string('x', SmallSegmentBytes * 3));
        bench.AppendAndWait("b");

        Assert.Equal(3, bench.Device.FilePaths().Count(path => path.EndsWith(".log")));
        Assert.Equal("2:b", bench.Read(2)[0]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    public void The_first_record_at_or_after_a_time_is_found(long timeMs, long offset)
    {
        var bench = new LogBench(1, Small());
        bench.AppendAndWait("a");
        bench.AppendAndWait("bbb", "cccc");
        bench.AppendAndWait("dd");

        var found = bench.Wait(bench.Log.FindByTimestamp(timeMs, bench.Log.WrittenEnd));

        Assert.Equal(offset, found.Record!.Value.Offset.Value);
    }

    [Fact]
    public void Times_beyond_the_last_record_find_nothing_and_the_largest_is_told()
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a");
        bench.AppendAndWait("bbb", "cccc");
        bench.AppendAndWait("dd");

        Assert.Equal(
            TimeSearchResult.Nothing, bench.Wait(bench.Log.FindByTimestamp(5, bench.Log.WrittenEnd)));
        var latest = bench.Wait(bench.Log.FindMaxTimestamp(bench.Log.WrittenEnd));
        Assert.Equal(new TimestampedOffset(new Offset(2), 4, new LeaderEpoch(0)), latest.Record);
    }

    [Fact]
    public void A_failed_write_takes_the_log_offline_and_tells_its_listener()
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a");
        bench.Device.Faults = new FailingRequests(DiskRequestKind.Write);
        bench.Append("b");
        bench.Settle();

        Assert.True(bench.HeardOffline);
        Assert.Contains("data", bench.Log.OfflineReason);
        Assert.Equal([1L], bench.Heard);
    }

    [Fact]
    public void Buffers_come_back_when_batches_are_written()
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a");
        bench.AppendAndWait("b");

        Assert.Equal(0, bench.World.LeakedLeases());
    }

    [Fact]
    public void Appending_in_an_older_epoch_is_a_broken_program()
    {
        var bench = new LogBench(1);
        bench.Append(RecordBatchOptions.Default, 4, "a");

        Assert.Throws<InvariantException>(() => bench.Append(RecordBatchOptions.Default, 3, "b"));
    }

    [Fact]
    public void A_producer_that_was_idle_for_the_time_of_the_settings_may_begin_anywhere()
    {
        var bench = new LogBench(1, LogSettings.Default with { ProducerExpirationMs = 5_000 });
        bench.Append(new RecordBatchOptions { ProducerId = 7, ProducerEpoch = 1, BaseSequence = 0 }, 0, "a");
        bench.Settle();
        var again = new SequencedBatch(new ProducerId(7), 1, 0, 0);

        bench.World.RunForMs(4_900);
        Assert.Equal(SequenceVerdictKind.Duplicate, bench.Log.CanAppend(again).Kind);
        bench.World.RunForMs(200);
        Assert.Equal(SequenceVerdictKind.Append, bench.Log.CanAppend(again).Kind);
        Assert.Equal(0, bench.Log.Producers.Count);
    }

    [Fact]
    public void A_file_stays_open_until_every_reader_has_let_go_also_when_the_log_is_closed()
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a");
        var one = bench.Wait(bench.Log.Read(Offset.Zero, new Offset(1), 1000, true));
        var other = bench.Wait(bench.Log.Read(Offset.Zero, new Offset(1), 1000, true));
        bench.Wait(bench.Log.Close());
        one.Release();

        var bytes = new byte[other.SizeBytes];
        Assert.True(bench.Wait(bench.Shard.Disks[0].Read(other.Range.File, 0, bytes)).IsOk);
        other.Release();
        Assert.Throws<InvariantException>(() => bench.Shard.Disks[0].Read(other.Range.File, 0, bytes));
        Assert.Throws<InvariantException>(other.Release);
    }

    [Theory]
    [InlineData(DiskRequestKind.Open)]
    [InlineData(DiskRequestKind.SyncDirectory)]
    public void A_segment_waits_for_a_free_descriptor_and_not_for_ever(DiskRequestKind kind)
    {
        var bench = new LogBench(1, Small());
        bench.Device.Faults = new FailingRequests(kind, IoStatus.TooManyOpen, count: 20);
        bench.AppendAndWait("a");

        Assert.Null(bench.Log.OfflineReason);
        Assert.Equal(["0:a"], bench.Read(0));
        bench.Device.Faults = new FailingRequests(kind, IoStatus.TooManyOpen);
        bench.AppendAndWait(new string('x', SmallSegmentBytes));
        Assert.Contains("too many files are open", bench.Log.OfflineReason);
    }

    private static LogSettings Small() => new(SmallSegmentBytes, 120, SyncBeforeAcknowledge: true);
}
