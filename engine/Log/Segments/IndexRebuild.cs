using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Makes the indexes of one segment anew from its batches. The aborted transactions need the producers' state
/// at the segment's beginning: it is the snapshot's of that name, or is found by reading what comes before.
/// </summary>
internal sealed class IndexRebuild(IShard shard, LogStore store, LogSettings settings)
{
    /// <summary>
    /// Loads the segment with them; Failed when it has bytes that are no batch. Batches that are written
    /// meanwhile are in them too.
    /// </summary>
    public async EngineTask<IoStatus> Run(Segment segment, IFile file)
    {
        var indexes = new SegmentIndexes(segment.BaseOffset, settings.IndexIntervalBytes);
        var aborted = new AbortedTransactionIndex();
        var replay = new ProducerReplay(shard, store);
        var status = await replay.Run(segment.BaseOffset);
        if (status != IoStatus.Ok)
        {
            return status;
        }
        var previousEnd = segment.BaseOffset;
        var walker = new BatchWalker(shard, store.Disk, file, 0, BatchWalker.LongPieceBytes);
        while (walker.Position < segment.SizeBytes)
        {
            if (await walker.Peek(segment.SizeBytes) is not { } batch || !segment.CanHold(batch, previousEnd))
            {
                status = walker.Status == IoStatus.Ok ? IoStatus.Failed : walker.Status;
                break;
            }
            previousEnd = batch.EndOffset;
            indexes.OnBatch(batch.Span, walker.Position);
            var marker = batch.Attributes.IsControl ? await walker.Bytes(batch) : default;
            if (replay.States.OnAppended(batch, marker.Span, shard.Now) is { IsAborted: true } ended)
            {
                aborted.Add(ended.ToAborted());
            }
            walker.Advance(batch);
        }
        walker.Release();
        if (status == IoStatus.Ok)
        {
            indexes.Seal();
            segment.Load(file, indexes, aborted);
            segment.Saved = default;
        }
        return status;
    }
}
