using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Finds leader epochs in the batches' headers, where the checkpoint does not tell them.</summary>
internal sealed class EpochReading(IShard shard, LogStore store)
{
    public LeaderEpochs Epochs { get; } = new();

    /// <summary>
    /// The epochs of the records in [<paramref name="start"/>, <paramref name="end"/>), which the log has.
    /// Null, or what is wrong.
    /// </summary>
    public async EngineTask<string?> Run(Offset start, Offset end)
    {
        string? problem = null;
        for (var i = 0; i < store.Segments.Count && problem is null; i++)
        {
            var segment = store.Segments[i];
            var isLast = i == store.Segments.Count - 1;
            if (segment.BaseOffset < end && (isLast || segment.EndOffset > start))
            {
                problem = await Read(segment, start, end);
            }
        }
        return problem;
    }

    private async EngineTask<string?> Read(Segment segment, Offset start, Offset end)
    {
        var path = store.PathOf(LogFileNames.Segment(segment.BaseOffset));
        var opened = await store.Disk.Open(path, OpenMode.Existing);
        if (opened.File is not { } file)
        {
            return $"file {path} in {store.Disk.Name} cannot be opened";
        }
        var walker = new BatchWalker(shard, store.Disk, file, 0, BatchWalker.LongPieceBytes);
        string? problem = null;
        while (walker.Position < segment.SizeBytes)
        {
            if (await walker.Peek(segment.SizeBytes) is not { } batch)
            {
                problem = $"file {path} in {store.Disk.Name} has no batch at {walker.Position}";
                break;
            }
            if (batch.EndOffset > start && batch.BaseOffset < end && batch.Epoch.Value >= 0)
            {
                Epochs.Assign(batch.Epoch, Offset.Max(batch.BaseOffset, start));
            }
            if (batch.EndOffset >= end)
            {
                break;    // what follows may be torn
            }
            walker.Advance(batch);
        }
        walker.Release();
        store.Disk.Close(file);
        return problem;
    }
}
