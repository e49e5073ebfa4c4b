using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Makes the indexes of one segment anew from its batches. The aborted transactions need the producers' state
/// at the segment's beginning: it is the snapshot's of that name, or is found by reading what comes before.
/// </summary>
internal sealed class IndexRebuild(IShard shard, LogStore store, LogSettings settings)
{
    public SegmentIndexes Indexes { get; private set; } = null!;

    public AbortedTransactionIndex Aborted { get; } = new();

    /// <summary>Failed when the segment has bytes that are no batch.</summary>
    public async EngineTask<IoStatus> Run(Segment segment, IFile file)
    {
        Indexes = new SegmentIndexes(segment.BaseOffset, settings.IndexIntervalBytes);
        var replay = new ProducerReplay(shard, store);
        var status = await replay.Run(segment.BaseOffset);
        if (status != IoStatus.Ok)
        {
            return status;
        }
        var walker = new BatchWalker(shard, store.Disk, file, 0, BatchWalker.LongPieceBytes);
        while (walker.Position < segment.SizeBytes)
        {
            if (await walker.Peek(segment.SizeBytes) is not { } batch)
            {
                status = walker.Status;
                break;
            }
            Indexes.OnBatch(batch.Span, walker.Position);
            var marker = batch.Attributes.IsControl ? await walker.Bytes(batch) : default;
            if (replay.States.OnAppended(batch, marker.Span, shard.Now) is { IsAborted: true } ended)
            {
                Aborted.Add(ended.ToAborted());
            }
            walker.Advance(batch);
        }
        walker.Release();
        Indexes.Seal();
        return status;
    }
}
