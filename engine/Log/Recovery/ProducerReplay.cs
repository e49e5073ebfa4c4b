using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Finds the producers' state at an offset of a log that is open: from the newest snapshot before it and the
/// batches in between, by their headers.
/// </summary>
internal sealed class ProducerReplay(IShard shard, LogStore store)
{
    public ProducerStates States { get; private set; } = new();

    /// <summary>Exactly what lies below <paramref name="end"/>, which is the end of a batch.</summary>
    public async EngineTask<IoStatus> Run(Offset end)
    {
        var from = Offset.Zero;
        if (await store.Snapshots.NewestUpTo(end) is { } snapshot)
        {
            (from, States) = snapshot;
        }
        var segment = store.SegmentOf(from);
        while (segment is not null && segment.BaseOffset < end)
        {
            var status = await Replay(segment, from, end);
            if (status != IoStatus.Ok)
            {
                return status;
            }
            segment = store.SegmentOf(segment.EndOffset);
        }
        return IoStatus.Ok;
    }

    private async EngineTask<IoStatus> Replay(Segment segment, Offset from, Offset end)
    {
        // A handle of its own: the segment may not be loaded, and its indexes may be what is missing.
        var opened = await store.Disk.Open(
            store.PathOf(LogFileNames.Segment(segment.BaseOffset)), OpenMode.Existing);
        if (opened.File is not { } file)
        {
            return opened.Status;
        }
        var near = segment.Indexes?.Offsets.FloorByOffset(from) ?? new OffsetPosition(segment.BaseOffset, 0);
        var walker = new BatchWalker(shard, store.Disk, file, near.Position, BatchWalker.LongPieceBytes);
        if (near.Position > 0 && (await walker.Peek(segment.SizeBytes))?.EndOffset != near.Offset + 1)
        {
            // The index is wrong, which whoever reads by it will find and mend.
            walker.Release();
            walker = new BatchWalker(shard, store.Disk, file, 0, BatchWalker.LongPieceBytes);
        }
        var status = IoStatus.Ok;
        while (walker.Position < segment.SizeBytes)
        {
            if (await walker.Peek(segment.SizeBytes) is not { } batch
                || !segment.CanHold(batch, segment.BaseOffset))
            {
                status = walker.Status == IoStatus.Ok ? IoStatus.Failed : walker.Status;
                break;
            }
            if (batch.BaseOffset >= end)
            {
                break;
            }
            if (batch.BaseOffset >= from)
            {
                var marker = batch.Attributes.IsControl
                    ? await walker.Bytes(batch)
                    : ReadOnlyMemory<byte>.Empty;
                States.OnAppended(batch, marker.Span, shard.Now);
            }
            walker.Advance(batch);
        }
        walker.Release();
        store.Disk.Close(file);
        return status;
    }
}
