using System;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// The largest timestamp of a part of a segment. Of a whole one, and of its beginning, the index knows it;
/// the rest is read.
/// </summary>
/// <remarks>
/// Index and headers also count batches that compaction has emptied, whose time is that of no record any
/// more. With <paramref name="isExact"/> only records count, and all of them are read.
/// </remarks>
internal sealed class LatestInSegment(
    IShard shard, LogStore store, SegmentLoader loader, bool isExact = false)
{
    /// <summary>
    /// Of the records of a loaded segment in [<paramref name="start"/>, <paramref name="bound"/>), in
    /// milliseconds; -1 when there is none, or none has a timestamp.
    /// </summary>
    public async EngineTask<(IoStatus Status, long LatestMs)> In(Segment segment, Offset start, Offset bound)
    {
        if (isExact)
        {
            return await Walk(segment, 0, start, bound, -1);
        }
        var isFromBeginning = start <= segment.BaseOffset;
        if (isFromBeginning && segment.EndOffset <= bound)
        {
            return (IoStatus.Ok, segment.Indexes!.MaxTimestampMs);
        }
        var (status, near) = await loader.Near(segment, (isFromBeginning ? bound : start) - 1);
        if (status != IoStatus.Ok)
        {
            return (status, -1);
        }
        // Where an offset entry was made, the time index knows the latest up to and with its batch.
        var latestMs = isFromBeginning && near.Position > 0
            ? segment.Indexes!.Times.FloorByOffset(near.Offset).MaxTimestampMs
            : -1;
        return await Walk(segment, near.Position, start, bound, latestMs);
    }

    private async EngineTask<(IoStatus Status, long LatestMs)> Walk(
        Segment segment, int near, Offset start, Offset bound, long latestMs)
    {
        var walker = new BatchWalker(shard, store.Disk, segment.File!, near);
        var status = IoStatus.Ok;
        var written = segment.SizeBytes;
        while (walker.Position < written && status == IoStatus.Ok)
        {
            if (await walker.Peek(written) is not { } batch)
            {
                status = walker.Status;
                break;
            }
            if (batch.BaseOffset >= bound)
            {
                break;
            }
            var isWhole = !isExact && batch.BaseOffset >= start && batch.EndOffset <= bound;
            if (batch.EndOffset > start && batch.MaxTimestampMs > latestMs)
            {
                latestMs = isWhole
                    ? batch.MaxTimestampMs
                    : Math.Max(latestMs, Latest(await walker.Bytes(batch), start, bound));
                status = walker.Status;
            }
            walker.Advance(batch);
        }
        walker.Release();
        return (status, latestMs);
    }

    /// <summary>Of a batch that only a part of counts, if its checksum vouches for it.</summary>
    private long Latest(ReadOnlyMemory<byte> bytes, Offset start, Offset bound)
    {
        if (!BatchCheck.IsBatch(bytes.Span))
        {
            return -1;
        }
        var batch = new RecordBatch(bytes.Span);
        var scratch = new ByteBuffer(shard.Buffers);
        var latestMs = -1L;
        if (RecordBody.Open(batch, scratch, Limits.UncompressedMaxBytes, out var body) == DecompressStatus.Ok)
        {
            var records = new RecordReader(body, batch.RecordsCount);
            while (records.TryRead(out var record))
            {
                var offset = new Offset(batch.OffsetOf(record));
                if (offset >= start && offset < bound)
                {
                    latestMs = Math.Max(latestMs, batch.TimestampOf(record));
                }
            }
        }
        scratch.Release();
        return latestMs;
    }
}
