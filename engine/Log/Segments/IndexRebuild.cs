using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Makes the indexes of one segment anew from its batches. The aborted transactions need the producers' state
/// at the segment's beginning: it is the snapshot's of that name, or is found by reading what comes before.
/// </summary>
internal sealed class IndexRebuild(IShard shard, LogStore store, int indexIntervalBytes)
{
    private const int BytesAtOnce = 1024 * 1024;

    /// <summary>
    /// Loads the segment with them; Failed when it has bytes that are no batch. Batches that are written
    /// meanwhile are in them too.
    /// </summary>
    public EngineTask<IoStatus> Run(Segment segment, IFile file) => Make(segment, file, proof: null);

    /// <summary>
    /// Does so only if the aborted transactions of a loaded segment are not those of its batches: their file
    /// has no checksum, and may be missing where there are none.
    /// </summary>
    public EngineTask<IoStatus> Prove(Segment segment, bool isExact) =>
        Make(segment, segment.File!, new AbortedProof(isExact));

    private async EngineTask<IoStatus> Make(Segment segment, IFile file, AbortedProof? proof)
    {
        var uncut = segment.Checked;
        var indexes = new SegmentIndexes(segment.BaseOffset, indexIntervalBytes);
        var aborted = new AbortedTransactionIndex();
        var replay = new ProducerReplay(shard, store);
        var status = await replay.Run(segment.BaseOffset);
        if (status != IoStatus.Ok)
        {
            return status;
        }
        var previousEnd = segment.BaseOffset;
        var restedAt = 0;
        var walker = new BatchWalker(shard, store.Disk, file, 0, BatchWalker.LongPieceBytes);
        while (walker.Position < segment.SizeBytes)
        {
            if (walker.Position - restedAt >= BytesAtOnce)
            {
                // What comes from the page cache comes at once: others have a turn in between.
                restedAt = walker.Position;
                await shard.Delay(0);
            }
            if (await walker.Peek(segment.SizeBytes) is not { } batch || !segment.CanHold(batch, previousEnd))
            {
                status = walker.Status == IoStatus.Ok ? IoStatus.Failed : walker.Status;
                segment.Damage ??= walker.HasRead
                    ? $"there is no batch at {walker.Position} of {file.Path} that can be"
                    : null;
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
        if (status != IoStatus.Ok || segment.Checked != uncut)
        {
            return status == IoStatus.Ok ? IoStatus.Failed : status;
        }
        if (proof?.Holds(segment.Aborted!, aborted) != true)
        {
            indexes.Seal();
            segment.Load(file, indexes, aborted);
            segment.Saved = default;
        }
        segment.MarkAbortedProven();
        return IoStatus.Ok;
    }
}
