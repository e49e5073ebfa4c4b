using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Checks stored batches before they are served for the first time since the segment was opened: a disk may
/// have changed them. The checksum vouches for most of a batch; its offset, size and leader epoch, which it
/// does not cover, are compared with those of its neighbours. Clients could not find these wrong.
/// </summary>
internal sealed class SliceCheck(IShard shard, PartitionLog log)
{
    private const string Wrong = "has an offset or a leader epoch that its neighbours contradict";

    /// <summary>
    /// What is wrong with the batches in [start, end) of a loaded segment, which a reader of
    /// <paramref name="from"/> is to get; null when nothing is.
    /// </summary>
    public async EngineTask<string?> Run(Segment segment, int start, int end, Offset from)
    {
        var known = segment.Checked;
        if (known.Covers(start, end))
        {
            return null;
        }
        shard.Trace.Mark("slice-checked");
        var isActive = segment == log.Store.Active;
        var written = segment.SizeBytes;
        var walker = new BatchWalker(
            shard, log.Disk, segment.File!, start, BatchWalker.LongPieceBytes);
        var last = await Walk(walker, segment, end, from);
        var what = last.What;
        if (what is null && end < written && await walker.Peek(written) is { } next)
        {
            what = next.BaseOffset < last.End ? Wrong : null;
        }
        if (what is null && end == written && !isActive && last.End != segment.EndOffset
            && !log.MayHaveGap(segment.EndOffset))
        {
            what = $"ends at offset {last.End}, but the next segment begins at {segment.EndOffset}";
        }
        walker.Release();
        if (what is not null)
        {
            return $"the batch at {last.Position} of {Describe(segment)} {what}";
        }
        known.Add(start, end);
        return null;
    }

    public string Describe(Segment segment) =>
        $"{log.Directory}/{LogFileNames.Segment(segment.BaseOffset)} in {log.Disk.Name}";

    private async EngineTask<Finding> Walk(BatchWalker walker, Segment segment, int end, Offset from)
    {
        var found = new Finding(walker.Position, segment.BaseOffset, null);
        var epoch = LeaderEpoch.None;
        while (walker.Position < end)
        {
            if (await walker.Peek(end) is not { } batch)
            {
                return found with { What = "cannot be read or has a size that cannot be" };
            }
            var bytes = await walker.Bytes(batch);
            var latest = epoch == LeaderEpoch.None ? from : found.End;
            var isOutOfPlace = !segment.CanHold(batch, found.End)
                || batch.Epoch < epoch
                || batch.Epoch > log.Epochs.Latest
                || (batch.BaseOffset > latest && !log.MayHaveGap(batch.BaseOffset));
            found = new Finding(walker.Position, batch.EndOffset, isOutOfPlace ? Wrong : null);
            if (!BatchCheck.IsBatch(bytes.Span))
            {
                found = found with { What = "does not have its checksum" };
            }
            if (found.What is not null)
            {
                return found;
            }
            epoch = batch.Epoch;
            walker.Advance(batch);
        }
        return found;
    }

    /// <param name="Position">Of the batch looked at last.</param>
    /// <param name="End">Its end: no later batch begins before.</param>
    /// <param name="What">What is wrong with it; null when nothing is.</param>
    private readonly record struct Finding(int Position, Offset End, string? What);
}
