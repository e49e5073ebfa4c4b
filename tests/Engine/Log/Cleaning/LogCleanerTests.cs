using System.Collections.Generic;
using System.Linq;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Tests.Engine.Wire.Records;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

public sealed class LogCleanerTests
{
    private static readonly RemovalRule Now = new(1_800_000_000_000, new Offset(long.MaxValue));

    private readonly CleanBench _bench = new();

    [Fact]
    public void Random_logs_reach_every_rare_branch_and_the_trace_tells_what_has_gone()
    {
        var told = new SortedSet<string>();
        var marks = new SortedSet<string>();
        var removed = (Tombstones: 0L, Markers: 0L);
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var bench = new CleanBench(seed);
            bench.World.Trace.ReadLines(line => told.Add(Named(line)), TraceDetail.Facts);
            var bytes = new byte[150];
            new Prng(seed).Fill(bytes);
            var rounds = new CompactionRounds(bench);
            rounds.Run(bytes, Now.NowMs, byte.MaxValue);
            rounds.Run(bytes, Now.NowMs + 1000, byte.MaxValue);
            rounds.Run([15], Now.NowMs + 5000, byte.MaxValue);
            marks.UnionWith(bench.World.Trace.Marks.Keys);
            removed.Tombstones += rounds.TombstonesRemoved;
            removed.Markers += rounds.MarkersRemoved;
        }

        Assert.Superset(new HashSet<string> { "log-cleaned", "tombstone-removed", "marker-removed" }, told);
        Assert.Contains("batch-emptied-by-cleaning", marks);
        Assert.Contains("marker-gets-its-delete-horizon", marks);
        Assert.True(removed is { Tombstones: > 10, Markers: > 10 }, $"{removed}");
    }

    [Theory]
    [InlineData(BatchLayout.Records + 5, "checksum")]
    [InlineData(BatchLayout.Magic, "no batch")]
    [InlineData(BatchLayout.BatchLength, "no batch")]
    [InlineData(BatchLayout.BaseOffset, "out of order")]
    public void Damage_ends_the_cleaning_with_its_place_and_changes_nothing(int at, string reason)
    {
        var content = Log(10);
        var place = content.Length / 10 * 6;
        content[place + at] ^= 0x40;
        _bench.Add(0, content, []);
        _bench.Add(10, [], []);

        var outcome = _bench.Clean(0, 10, Now);

        Assert.Equal(CleanStatus.Damaged, outcome.Status);
        Assert.Contains($"t-0/00000000000000000000.log in", outcome.Reason);
        Assert.Contains($" at {place} ", outcome.Reason);
        Assert.Contains(reason, outcome.Reason);
        AssertUntouched(content);
    }

    [Fact]
    public void Damage_in_the_clean_part_is_found_before_anything_is_made_of_it()
    {
        var content = Log(10);
        content[70] ^= 1;
        _bench.Add(0, content, []);
        _bench.Add(10, Log(10, from: 10), []);
        _bench.Add(20, [], []);

        var outcome = _bench.Clean(10, 20, Now);

        Assert.Equal(CleanStatus.Damaged, outcome.Status);
        AssertUntouched(content);
    }

    [Fact]
    public void A_segment_that_ends_within_a_batch_is_damaged()
    {
        var content = Log(10)[..^1];
        _bench.Add(0, content, []);
        _bench.Add(10, [], []);

        Assert.Equal(CleanStatus.Damaged, _bench.Clean(0, 10, Now).Status);
        AssertUntouched(content);
    }

    [Theory]
    [InlineData(DiskRequestKind.Read, IoStatus.Failed)]
    [InlineData(DiskRequestKind.Open, IoStatus.TooManyOpen)]
    [InlineData(DiskRequestKind.Write, IoStatus.NoSpace)]
    [InlineData(DiskRequestKind.Sync, IoStatus.Failed)]
    [InlineData(DiskRequestKind.SyncDirectory, IoStatus.Failed)]
    public void A_failing_disk_ends_the_cleaning_and_leaves_nothing_behind(
        DiskRequestKind kind, IoStatus status)
    {
        var content = Log(10);
        _bench.Add(0, content, []);
        _bench.Add(10, [], []);
        var cleaning = _bench.Begin(0, 10, Now);
        _bench.Device.Faults = new FailingKind(kind, status);

        var outcome = _bench.Wait(cleaning);
        _bench.Device.Faults = null;

        Assert.Equal((CleanStatus.DiskFailed, status), (outcome.Status, outcome.Io));
        Assert.Contains("t-0", outcome.Reason);
        Assert.Contains("cleaning-fails-on-disk", _bench.World.Trace.Marks.Keys);
        AssertUntouched(content);
    }

    [Fact]
    public void A_rename_that_fails_is_told_and_what_is_left_can_be_recovered()
    {
        _bench.Add(0, Log(10), []);
        _bench.Add(10, [], []);
        var before = _bench.Read();
        var cleaning = _bench.Begin(0, 10, Now);
        _bench.Device.Faults = new FailingKind(DiskRequestKind.Rename, IoStatus.Failed);

        Assert.Equal(CleanStatus.DiskFailed, _bench.Wait(cleaning).Status);
        _bench.Device.Faults = null;
        Assert.Null(_bench.Wait(SwapCompletion.Run(_bench.Shard, _bench.Disk, CleanBench.Directory)));
        Assert.Equal(before, _bench.Read());
    }

    [Fact]
    public void Stopping_leaves_the_log_as_it_was()
    {
        var content = Log(5000);
        _bench.Add(0, content, []);
        _bench.Add(5000, [], []);
        var cleaning = _bench.Begin(0, 5000, Now);
        _bench.World.RunWhile(() => !Writes(), _bench.World.Now.PlusMs(1000));
        Assert.False(cleaning.IsCompleted);
        _bench.Cleaner.Stop();
        var outcome = _bench.Wait(cleaning);

        Assert.Equal(CleanStatus.Stopped, outcome.Status);
        Assert.Equal(Offset.None, outcome.CleanedEnd);
        AssertUntouched(content);
    }

    [Fact]
    public void A_group_whose_segment_has_gone_meanwhile_is_given_up()
    {
        var content = Log(10);
        _bench.Add(0, content, []);
        _bench.Add(10, [], []);
        _bench.MayReplace = () => false;

        Assert.Equal(CleanStatus.Overtaken, _bench.Clean(0, 10, Now).Status);
        AssertUntouched(content);
    }

    [Fact]
    public void A_batch_with_more_keys_than_the_map_has_room_for_cannot_be_cleaned()
    {
        var content = Batches.Of(20);
        _bench.Add(0, content, []);
        _bench.Add(20, [], []);
        _bench.Settings = _bench.Settings with { DedupeBufferBytes = 10 * OffsetMap.SlotBytes };

        var outcome = _bench.Clean(0, 20, Now);

        Assert.Equal(CleanStatus.Uncleanable, outcome.Status);
        Assert.Contains("more keys than the map's 9", outcome.Reason);
        AssertUntouched(content);
    }

    [Fact]
    public void A_batch_that_unpacks_to_more_than_the_limit_cannot_be_cleaned()
    {
        var value = new string('x', Limits.UncompressedMaxBytes);
        var gzip = RecordBatchOptions.Default with { Codec = CompressionCodec.Gzip };
        var content = Batches.Of(gzip, new SampleRecord(0, "k", value));
        _bench.Add(0, content, []);
        _bench.Add(1, [], []);

        var outcome = _bench.Clean(0, 1, Now);

        Assert.Equal(CleanStatus.Uncleanable, outcome.Status);
        Assert.Contains("unpack to more than", outcome.Reason);
        AssertUntouched(content);
    }

    [Fact]
    public void A_batch_larger_than_a_piece_is_read_and_written_whole()
    {
        var large = new string('y', 3_000_000);
        byte[] content =
        [
            .. Batches.Of(null, new SampleRecord(1, "a", large), new SampleRecord(1, "b", "old")),
            .. Batches.Of(At(2), new SampleRecord(1, "b", "new")),
        ];
        _bench.Add(0, content, []);
        _bench.Add(3, [], []);

        Assert.Equal(CleanStatus.Cleaned, _bench.Clean(0, 3, Now).Status);
        var records = _bench.Read().SelectMany(batch => batch.Records);
        Assert.Equal([0L, 2L], records.Select(record => record.Offset));
    }

    [Fact]
    public void Control_records_of_unknown_kind_stay()
    {
        var control = At(1) with { IsControl = true, ProducerId = 5, ProducerEpoch = 0 };
        byte[] content =
        [
            .. Batches.Of(null, new SampleRecord(1, "a", "old")),
            .. Batches.Of(control, new SampleRecord(1, "\0\0\0\u0002", "leader change")),
            .. Batches.Of(control with { BaseOffset = 2 }, new SampleRecord(1, "?", "not a control key")),
            .. Batches.Of(At(3), new SampleRecord(1, "a", "new")),
        ];
        _bench.Add(0, content, []);
        _bench.Add(4, [], []);

        Assert.Equal(CleanStatus.Cleaned, _bench.Clean(0, 4, Now).Status);
        Assert.Equal([1L, 2L, 3L], _bench.Read().Select(batch => batch.Base));
    }

    [Fact]
    public void Reading_and_writing_keep_to_the_rate()
    {
        var content = Log(5000);
        _bench.Add(0, content, []);
        _bench.Add(5000, [], []);
        _bench.Settings = _bench.Settings with { IoBytesPerSecond = 100_000 };
        var before = _bench.World.Now;
        var outcome = _bench.Clean(0, 5000, Now);
        var seconds = _bench.World.Now.MsSince(before) / 1000.0;
        var bytes = 2 * content.Length + outcome.BytesAfter;

        Assert.Equal(CleanStatus.Cleaned, outcome.Status);
        Assert.InRange(bytes / seconds, 60_000, 105_000);
    }

    [Fact]
    public void Others_have_their_turn_while_packed_records_are_unpacked()
    {
        var small = EventsOfCleaning(valueLength: 10);
        var large = EventsOfCleaning(valueLength: 1_000_000);

        // Twenty batches of a megabyte in one piece, which is gone through twice: a turn for each.
        Assert.InRange(large - small, 36, 60);
    }

    [Fact]
    public void Segments_are_merged_until_they_fill_one()
    {
        for (var i = 0; i < 12; i++)
        {
            _bench.Add(i * 10, Log(10, from: i * 10), []);
        }
        _bench.Add(120, [], []);
        _bench.Settings = _bench.Settings with { SegmentBytes = 4 * _bench.Contents(0).Length };
        var outcome = _bench.Clean(0, 120, Now);

        Assert.Equal(CleanStatus.Cleaned, outcome.Status);
        Assert.Equal([0L, 40L, 80L, 120L], _bench.Bases);
        Assert.Equal(120, outcome.CleanedEnd.Value);
        Assert.Equal(outcome.BytesAfter, _bench.Swapped.Sum(segment => (long)segment.SizeBytes));
        Assert.Equal(119, _bench.Read()[^1].Last);
    }

    private static long EventsOfCleaning(int valueLength)
    {
        var gzip = RecordBatchOptions.Default with { Codec = CompressionCodec.Gzip };
        var value = new string('z', valueLength);
        var content = Enumerable.Range(0, 20)
            .SelectMany(i => Batches.Of(gzip with { BaseOffset = i }, new SampleRecord(1, "k", value)))
            .ToArray();
        Assert.True(content.Length < 100_000, "all of it is one piece");
        var bench = new CleanBench();
        bench.Add(0, content, []);
        bench.Add(20, [], []);
        var cleaning = bench.Begin(0, 20, Now);
        var before = bench.World.EventCount;
        Assert.Equal(CleanStatus.Cleaned, bench.Wait(cleaning).Status);
        return bench.World.EventCount - before;
    }

    private bool Writes() => _bench.Device.FilePaths().Any(path => path.EndsWith(".cleaned"));

    private void AssertUntouched(byte[] content)
    {
        Assert.Equal(content, _bench.Contents(0));
        Assert.Empty(_bench.Swapped);
        Assert.DoesNotContain(_bench.Device.FilePaths(), path => path.EndsWith(".cleaned"));
        Assert.DoesNotContain(_bench.Device.FilePaths(), path => path.EndsWith(".swap"));
        Assert.Equal(0, _bench.Shard.Buffers.OutstandingCount);
    }

    private static string Named(string line) =>
        new[] { "log-cleaned", "tombstone-removed", "marker-removed", "other" }.First(
            name => name == "other" || line.Contains(name));

    private static RecordBatchOptions At(long offset) =>
        RecordBatchOptions.Default with { BaseOffset = offset };

    /// <summary>Batches of one record, with three keys in turn.</summary>
    private static byte[] Log(int count, long from = 0) => [.. Enumerable.Range(0, count).SelectMany(i =>
        Batches.Of(At(from + i), new SampleRecord(Batches.TimeMs, $"k{i % 3}", $"v{i % 10}")))];
}
