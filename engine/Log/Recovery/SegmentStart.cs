using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Where in a segment the examination begins when everything below some offset is believed: at the batch of
/// the last index entry below, or at the segment's beginning when its indexes cannot be used.
/// </summary>
internal sealed class SegmentStart(
    IShard shard, IDisk disk, SegmentFiles files, Segment segment, LogSettings settings)
{
    public int Position { get; private set; }

    /// <summary>Base offset of the batch there.</summary>
    public Offset Expected { get; private set; } = segment.BaseOffset;

    /// <summary>What is known of the batches before.</summary>
    public SegmentIndexes Indexes { get; private set; } =
        new(segment.BaseOffset, settings.IndexIntervalBytes);

    /// <summary>Those whose marker lies below the point that is believed.</summary>
    public AbortedTransactionIndex Aborted { get; private set; } = new();

    public SavedIndexes Saved { get; private set; }

    /// <summary>Of the segment's first batch, when that lies before; otherwise -1.</summary>
    public long FirstTimestampMs { get; private set; } = -1;

    public async EngineTask<IoStatus> Find(IFile file, Offset from)
    {
        if (from <= segment.BaseOffset)
        {
            return IoStatus.Ok;
        }
        if (await files.ReadAborted(segment) is { } aborted)
        {
            aborted.TruncateTo(from);
            Aborted = aborted;
            Saved = new SavedIndexes(0, 0, aborted.Bytes.Length);
        }
        if (await files.Read(segment, settings.IndexIntervalBytes) is not { } indexes)
        {
            shard.Trace.Mark("index-rebuilt");
            return IoStatus.Ok;
        }
        var entry = indexes.Offsets.FloorByOffset(from - 1);
        if (entry.Position == 0)
        {
            return IoStatus.Ok;
        }
        var walker = new BatchWalker(shard, disk, file, entry.Position);
        var batch = await walker.Peek(segment.SizeBytes);
        walker.Release();
        if (batch is not { } found
            || found.EndOffset != entry.Offset + 1
            || found.BaseOffset <= segment.BaseOffset)
        {
            shard.Trace.Mark("index-rebuilt");
            return walker.Status is IoStatus.Ok or IoStatus.Failed ? IoStatus.Ok : walker.Status;
        }
        indexes.TruncateTo(entry.Offset + 1);
        if (!await LatestCheck.IsRight(shard, disk, file, indexes, segment.SizeBytes))
        {
            shard.Trace.Mark("index-rebuilt");
            return IoStatus.Ok;
        }
        Take(indexes, entry.Position, found.BaseOffset);
        (_, FirstTimestampMs) = await BatchWalker.FirstTimestamp(shard, disk, file, segment.SizeBytes);
        return IoStatus.Ok;
    }

    private void Take(SegmentIndexes indexes, int position, Offset expected)
    {
        (Indexes, Position, Expected) = (indexes, position, expected);
        Saved = SavedIndexes.Of(indexes, Aborted);
    }
}
