using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Puts consecutive segments together so that their batches would fit one segment even if nothing were
/// removed, which keeps segments from getting ever smaller (KIP-58).
/// </summary>
public static class SegmentGroups
{
    /// <param name="sources">Oldest first.</param>
    /// <param name="segmentBytesMax">segment.bytes.</param>
    /// <param name="indexBytesMax">segment.index.bytes.</param>
    /// <returns>Groups that cover all sources in order; a segment too large for any is alone.</returns>
    public static List<SegmentGroup> Of(
        IReadOnlyList<CleanSource> sources, int segmentBytesMax, int indexBytesMax)
    {
        var groups = new List<SegmentGroup>();
        var first = 0;
        while (first < sources.Count)
        {
            var count = CountFrom(sources, first, segmentBytesMax, indexBytesMax);
            groups.Add(new SegmentGroup(first, count));
            first += count;
        }
        return groups;
    }

    private static int CountFrom(
        IReadOnlyList<CleanSource> sources, int first, int segmentBytesMax, int indexBytesMax)
    {
        long sizeBytes = sources[first].SizeBytes;
        long indexBytes = sources[first].IndexBytes;
        long timeIndexBytes = sources[first].TimeIndexBytes;
        var count = 1;
        while (first + count < sources.Count)
        {
            var next = sources[first + count];
            Invariant.Assert(next.Base >= sources[first + count - 1].End);
            sizeBytes += next.SizeBytes;
            indexBytes += next.IndexBytes;
            timeIndexBytes += next.TimeIndexBytes;
            var fits = sizeBytes <= segmentBytesMax
                && indexBytes <= indexBytesMax
                && timeIndexBytes <= indexBytesMax
                && HasRelativeOffsets(sources[first], next);
            if (!fits)
            {
                break;
            }
            count++;
        }
        return count;
    }

    /// <summary>
    /// Indexes hold offsets as 32-bit distances to the base. An empty segment has none to hold, so that a
    /// log of empty segments shrinks.
    /// </summary>
    private static bool HasRelativeOffsets(CleanSource first, CleanSource next) =>
        next.SizeBytes == 0 || next.End - first.Base - 1 <= int.MaxValue;
}
