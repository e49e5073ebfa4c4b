using System;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Finds records by time. Segments and index entries tell where to look; the batch that must hold the record
/// is read and, where it is packed, unpacked.
/// </summary>
internal sealed class TimestampSearch(IShard shard, LogStore store, SegmentLoader loader)
{
    /// <summary>
    /// The first record in [start, bound) with a timestamp of at least <paramref name="timestampMs"/>.
    /// </summary>
    public async EngineTask<TimeSearchResult> First(long timestampMs, Offset start, Offset bound)
    {
        var segment = store.SegmentOf(start);
        while (segment is not null && segment.BaseOffset < bound)
        {
            var hold = new SegmentHold(store.Cache, segment);
            var found = await FirstIn(segment, new Wanted(timestampMs, start, bound));
            hold.Release();
            if (found != TimeSearchResult.Nothing)
            {
                return found;
            }
            segment = store.SegmentOf(segment.EndOffset);
        }
        return TimeSearchResult.Nothing;
    }

    /// <summary>The first of the records in [start, bound) with the largest timestamp.</summary>
    public async EngineTask<TimeSearchResult> Latest(Offset start, Offset bound)
    {
        var search = new LatestInSegment(shard, store, loader);
        if (await Latest(search, start, bound) is { } found)
        {
            return found;
        }
        shard.Trace.Mark("latest-is-of-an-emptied-batch");
        search = new LatestInSegment(shard, store, loader, isExact: true);
        return await Latest(search, start, bound) ?? TimeSearchResult.Nothing;
    }

    /// <summary>Null when no record has the time that was found.</summary>
    private async EngineTask<TimeSearchResult?> Latest(LatestInSegment search, Offset start, Offset bound)
    {
        var latestMs = -1L;
        var latestBase = Offset.None;
        var segment = store.SegmentOf(start);
        while (segment is not null && segment.BaseOffset < bound)
        {
            var hold = new SegmentHold(store.Cache, segment);
            var status = await loader.Load(segment);
            var foundMs = -1L;
            if (status == IoStatus.Ok)
            {
                (status, foundMs) = await search.In(segment, start, bound);
            }
            hold.Release();
            if (status != IoStatus.Ok)
            {
                return new TimeSearchResult(status, null);
            }
            if (foundMs > latestMs)
            {
                (latestMs, latestBase) = (foundMs, segment.BaseOffset);
            }
            segment = store.SegmentOf(segment.EndOffset);
        }
        if (latestMs < 0)
        {
            return TimeSearchResult.Nothing;
        }
        var found = await First(latestMs, Offset.Max(start, latestBase), bound);
        return found == TimeSearchResult.Nothing ? null : found;
    }

    private async EngineTask<TimeSearchResult> FirstIn(Segment segment, Wanted wanted)
    {
        var status = await loader.Load(segment);
        if (status != IoStatus.Ok)
        {
            return new TimeSearchResult(status, null);
        }
        if (segment.Indexes!.MaxTimestampMs < wanted.TimestampMs)
        {
            return TimeSearchResult.Nothing;
        }
        var earlier = segment.Indexes.Times.FloorByTimestamp(wanted.TimestampMs - 1);
        (status, var near) = await loader.Near(segment, earlier.Offset);
        if (status != IoStatus.Ok)
        {
            return new TimeSearchResult(status, null);
        }
        if (await FirstIn(segment, near.Position, earlier, wanted) is { } found)
        {
            return found;
        }
        status = await loader.Rebuild(segment);
        return status == IoStatus.Ok
            ? await FirstIn(segment, 0, new TimeIndexEntry(-1, segment.BaseOffset), wanted)
                ?? TimeSearchResult.Nothing
            : new TimeSearchResult(status, null);
    }

    /// <summary>Null when the time index is wrong: no batch has what the entry says.</summary>
    private async EngineTask<TimeSearchResult?> FirstIn(
        Segment segment, int near, TimeIndexEntry earlier, Wanted wanted)
    {
        var walker = new BatchWalker(shard, store.Disk, segment.File!, near);
        var found = TimeSearchResult.Nothing;
        var isRight = earlier.MaxTimestampMs < 0;
        var written = segment.SizeBytes;
        while (found == TimeSearchResult.Nothing && walker.Position < written)
        {
            if (await walker.Peek(written) is not { } batch)
            {
                found = new TimeSearchResult(walker.Status, null);
                break;
            }
            isRight |= batch.EndOffset == earlier.Offset + 1
                && batch.MaxTimestampMs == earlier.MaxTimestampMs;
            if (batch.BaseOffset >= wanted.Bound || (!isRight && batch.BaseOffset > earlier.Offset))
            {
                break;
            }
            if (batch.MaxTimestampMs >= wanted.TimestampMs && batch.EndOffset > wanted.Start)
            {
                found = await FirstInBatch(segment, walker.Position, batch.SizeBytes, wanted);
            }
            walker.Advance(batch);
        }
        walker.Release();
        return isRight || found.Record is not null || earlier.Offset >= wanted.Bound ? found : null;
    }

    /// <summary>
    /// Unpacks only what the checksum vouches for: recovery has seen these bytes, but they may have changed.
    /// </summary>
    private async EngineTask<TimeSearchResult> FirstInBatch(
        Segment segment, int position, int size, Wanted wanted)
    {
        var bytes = shard.Buffers.Rent(size);
        var read = await store.Disk.Read(segment.File!, position, bytes.Memory[..size]);
        var found = read.IsOk && read.Count == size && BatchCheck.IsBatch(bytes.Span[..size])
            ? new TimeSearchResult(IoStatus.Ok, Search(bytes.Span[..size], wanted))
            : new TimeSearchResult(read.IsOk ? IoStatus.Failed : read.Status, null);
        bytes.Release();
        return found;
    }

    private TimestampedOffset? Search(ReadOnlySpan<byte> bytes, Wanted wanted)
    {
        var batch = new RecordBatch(bytes);
        var epoch = new LeaderEpoch(batch.PartitionLeaderEpoch);
        var scratch = new ByteBuffer(shard.Buffers);
        TimestampedOffset? found = null;
        if (RecordBody.Open(batch, scratch, Limits.UncompressedMaxBytes, out var body) == DecompressStatus.Ok)
        {
            var records = new RecordReader(body, batch.RecordsCount);
            while (found is null && records.TryRead(out var record))
            {
                var offset = new Offset(batch.OffsetOf(record));
                var timestampMs = batch.TimestampOf(record);
                if (timestampMs >= wanted.TimestampMs && offset >= wanted.Start && offset < wanted.Bound)
                {
                    found = new TimestampedOffset(offset, timestampMs, epoch);
                }
            }
        }
        scratch.Release();
        return found;
    }

    private readonly record struct Wanted(long TimestampMs, Offset Start, Offset Bound);
}
