using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Whether the latest timestamp that a segment's index files tell is that of a batch. Searches by time pass
/// over a whole segment by it, and no checksum vouches for it.
/// </summary>
internal static class LatestCheck
{
    /// <summary>
    /// False when no batch of the file's first <paramref name="sizeBytes"/> has it, or that cannot be read.
    /// </summary>
    public static async EngineTask<bool> IsRight(
        IShard shard, IDisk disk, IFile file, SegmentIndexes indexes, int sizeBytes)
    {
        var wanted = indexes.MaxTimestampOffset;
        var isNone = indexes.MaxTimestampMs < 0;
        var near = isNone ? 0 : indexes.Offsets.FloorByOffset(wanted).Position;
        var walker = new BatchWalker(shard, disk, file, near);
        var isRight = sizeBytes == 0 && isNone;
        while (walker.Position < sizeBytes && await walker.Peek(sizeBytes) is { } batch)
        {
            if (isNone || batch.EndOffset > wanted)
            {
                isRight = isNone
                    ? batch.MaxTimestampMs < 0
                    : batch.EndOffset == wanted + 1 && batch.MaxTimestampMs == indexes.MaxTimestampMs;
                break;
            }
            walker.Advance(batch);
        }
        walker.Release();
        return isRight;
    }
}
