using System;
using System.Linq;
using System.Text;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Tests.Engine.Wire.Records;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

public sealed class BatchFilterTests
{
    private const long NowMs = Batches.TimeMs + 1_000_000;
    private const long RetentionMs = 5_000;
    private static readonly BatchKeeping Ask = new(true, false, false);

    private readonly BufferPool _pool = new(retainedBytesMax: 1 << 20, poison: true);

    [Fact]
    public void A_batch_that_loses_nothing_stays_as_it_is()
    {
        var filtered = Filter(Batches.Of(3, At(10)), Ask);

        Assert.Equal(FilteredKind.Unchanged, filtered.Kind);
    }

    [Theory]
    [InlineData(CompressionCodec.None)]
    [InlineData(CompressionCodec.Gzip)]
    [InlineData(CompressionCodec.Snappy)]
    [InlineData(CompressionCodec.Lz4)]
    [InlineData(CompressionCodec.Zstd)]
    public void What_is_left_keeps_its_offsets_sequences_epochs_codec_and_headers(CompressionCodec codec)
    {
        if (!Codecs.IsAvailable(codec))
        {
            return;
        }
        var options = At(10) with
        {
            Codec = codec, ProducerId = 7, ProducerEpoch = 3, BaseSequence = 100, PartitionLeaderEpoch = 5,
        };
        var headers = new (byte[], byte[]?)[] { ("h"u8.ToArray(), null), ("h"u8.ToArray(), [1]) };
        var batch = Batches.Of(
            options,
            new SampleRecord(Batches.TimeMs + 9, "k0", "a"),
            new SampleRecord(Batches.TimeMs + 2, "k1"u8.ToArray(), "b"u8.ToArray(), headers),
            new SampleRecord(Batches.TimeMs + 1, "k0", "c"));

        var after = Rebuilt(batch, Ask);

        Assert.Equal(
            TestBatch.Read(new RecordBatch(batch)) with
            {
                MaxTimeMs = Batches.TimeMs + 2,
                Records = [.. TestBatch.Read(new RecordBatch(batch)).Records.Skip(1)],
            },
            after);
    }

    [Fact]
    public void A_batch_with_a_tombstone_gets_its_horizon_where_the_base_timestamp_was()
    {
        var batch = Batches.Of(At(0), new SampleRecord(Batches.TimeMs, "k0", null));
        var filtered = Filter(batch, Ask);
        var after = new RecordBatch(filtered.Bytes.Span);

        Assert.Equal(NowMs + RetentionMs, after.DeleteHorizonMs);
        Assert.Equal(NowMs + RetentionMs, after.BaseTimestamp);
        Assert.Equal(0x40, after.Attributes.Bits);
        Assert.Equal(Batches.TimeMs, after.MaxTimestamp);
        Assert.Equal(Batches.TimeMs, TestBatch.Read(after).Records[0].TimeMs);
        Assert.Equal(0, filtered.RemovedCount);
        filtered.Bytes.Release();
    }

    [Fact]
    public void A_horizon_is_set_once_and_outlives_the_tombstones()
    {
        var options = At(0) with { DeleteHorizonMs = NowMs };
        var batch = Batches.Of(
            options,
            new SampleRecord(Batches.TimeMs, "k0", null),
            new SampleRecord(Batches.TimeMs, "k1", "v"));
        var after = Rebuilt(batch, Ask);
        var again = Filter(Batches.Of(options with { DeleteHorizonMs = NowMs + 1 },
            new SampleRecord(Batches.TimeMs, "k0", null)), Ask);

        Assert.Equal(NowMs, after.HorizonMs);
        Assert.Equal(["k1"], after.Records.Select(record => record.Key));
        Assert.Equal(FilteredKind.Unchanged, again.Kind);
    }

    [Fact]
    public void The_append_time_stays_also_when_its_record_goes()
    {
        var options = At(0) with
        {
            TimestampType = TimestampType.LogAppendTime, MaxTimestampMs = Batches.TimeMs + 77,
        };
        var after = Rebuilt(
            Batches.Of(options, new SampleRecord(1, "k0", "a"), new SampleRecord(1, "k0", "b")), Ask);

        Assert.Equal(TimestampType.LogAppendTime, after.TimestampType);
        Assert.Equal(Batches.TimeMs + 77, after.MaxTimeMs);
        Assert.Equal([Batches.TimeMs + 77], after.Records.Select(record => record.TimeMs));
    }

    [Fact]
    public void An_emptied_batch_is_a_header_with_the_producers_last_sequence()
    {
        var options = At(10) with
        {
            Codec = CompressionCodec.Gzip, ProducerId = 7, ProducerEpoch = 3, BaseSequence = 100,
            DeleteHorizonMs = 5,
        };
        var filtered = Filter(Batches.Of(3, options), new BatchKeeping(false, true, false));
        var after = new RecordBatch(filtered.Bytes.Span);

        Assert.Equal(BatchLayout.Records, after.SizeInBytes);
        Assert.Equal((0, 0), (after.RecordsCount, after.Attributes.Bits));
        Assert.Equal((10, 12), (after.BaseOffset, after.LastOffset));
        Assert.Equal((100, 102), (after.BaseSequence, after.LastSequence));
        Assert.Equal((-1, Batches.TimeMs + 2), (after.BaseTimestamp, after.MaxTimestamp));
        Assert.Equal(FilteredKind.Unchanged, Filter(after.Bytes.ToArray(), new(false, true, false)).Kind);
        Assert.Equal(FilteredKind.Dropped, Filter(after.Bytes.ToArray(), Ask).Kind);
        filtered.Bytes.Release();
    }

    [Theory]
    [InlineData(0)]    // the record's length lies
    [InlineData(3)]    // its offset does
    [InlineData(4)]    // its key's length does
    public void A_malformed_record_is_damage_and_drops_nothing(int at)
    {
        var batch = Batches.Of(2).With(bytes => bytes[BatchLayout.Records + at] ^= 0x2E);
        var filtered = Filter(batch, Ask, hasKeys: false);

        Assert.Equal(FilteredKind.Unreadable, filtered.Kind);
        Assert.Equal(CleanStatus.Damaged, filtered.Status);
        Assert.NotNull(filtered.Problem);
    }

    [Fact]
    public void Filtering_a_batch_that_stays_allocates_nothing_per_record()
    {
        var map = Map(1000);
        var filter = new BatchFilter(_pool, map, new RemovalRule(NowMs, Offset.Zero), RetentionMs);
        var records = Enumerable.Range(0, 1000).Select(i => new SampleRecord(Batches.TimeMs, $"key{i}", "v"));
        var batch = Batches.Of(At(0), [.. records]);
        Assert.Equal(FilteredKind.Unchanged, filter.Filter(new RecordBatch(batch), Ask).Kind);
        var leastBytes = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            // The runtime may allocate on this thread for itself, but not every time.
            var before = GC.GetAllocatedBytesForCurrentThread();
            filter.Filter(new RecordBatch(batch), Ask);
            leastBytes = long.Min(leastBytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, leastBytes);
        filter.Release();
        map.Release();
    }

    private static RecordBatchOptions At(long offset) =>
        RecordBatchOptions.Default with { BaseOffset = offset };

    /// <summary>All offsets below 1000 are mapped: of each key the last one in the batch.</summary>
    private FilteredBatch Filter(byte[] bytes, BatchKeeping keeping, bool hasKeys = true)
    {
        var map = Map(100);
        var batch = new RecordBatch(bytes);
        foreach (var record in hasKeys ? TestBatch.Read(batch).Records : [])
        {
            map.TryPut(Encoding.Latin1.GetBytes(record.Key!), new Offset(record.Offset));
        }
        var filter = new BatchFilter(
            _pool, map, new RemovalRule(NowMs, new Offset(long.MaxValue)), RetentionMs);
        var filtered = filter.Filter(batch, keeping);
        filter.Release();
        map.Release();
        return filtered;
    }

    private TestBatch Rebuilt(byte[] bytes, BatchKeeping keeping)
    {
        var filtered = Filter(bytes, keeping);
        Assert.Equal(FilteredKind.Rebuilt, filtered.Kind);
        var batch = TestBatch.Read(new RecordBatch(filtered.Bytes.Span));
        Assert.Equal(filtered.MaxTimestampMs, batch.MaxTimeMs);
        filtered.Bytes.Release();
        Assert.Equal(0, _pool.OutstandingCount);
        return batch;
    }

    private OffsetMap Map(long keysMax)
    {
        var map = new OffsetMap(_pool, new KeyHash(_pool, new Prng(1)), keysMax, int.MaxValue);
        map.MoveMappedEnd(new Offset(1000));
        return map;
    }
}
