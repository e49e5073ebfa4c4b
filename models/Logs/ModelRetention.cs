using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>How long a log keeps its oldest segments.</summary>
/// <param name="DeletesByPolicy">
/// cleanup.policy has delete; without it only what lies below the start goes.
/// </param>
/// <param name="RetentionMs">retention.ms; negative is for ever.</param>
/// <param name="RetentionBytes">retention.bytes; negative is no bound.</param>
/// <param name="HighWatermark">Nothing above goes.</param>
/// <param name="NowMs">The wall clock.</param>
public sealed record ModelRetention(
    bool DeletesByPolicy, long RetentionMs, long RetentionBytes, Offset HighWatermark, long NowMs)
{
    /// <summary>
    /// Where the log begins afterwards, its segments being these, the last one active. The oldest goes as
    /// long as there is a reason; the active one, when it goes, has got a successor.
    /// </summary>
    public Offset BaseOf(IReadOnlyList<ModelSegment> segments, Offset start)
    {
        var left = new Queue<ModelSegment>(segments);
        var sizeBytes = 0L;
        foreach (var segment in segments)
        {
            sizeBytes += segment.SizeBytes;
        }
        var first = segments[0].Base;
        while (left.TryPeek(out var oldest) && Goes(oldest, sizeBytes, start, isActive: left.Count == 1))
        {
            sizeBytes -= oldest.SizeBytes;
            first = oldest.End;
            left.Dequeue();
        }
        return first;
    }

    private bool Goes(ModelSegment oldest, long sizeBytes, Offset start, bool isActive)
    {
        if (oldest.End > HighWatermark || (isActive && oldest.Batches.Count == 0))
        {
            return false;
        }
        var isDeleted = !isActive && oldest.End <= start;
        var isTooMuch = RetentionBytes >= 0 && sizeBytes - oldest.SizeBytes >= RetentionBytes;
        var isTooOld = RetentionMs >= 0
            && oldest.MaxTimestampMs >= 0
            && NowMs - oldest.MaxTimestampMs > RetentionMs;
        return isDeleted || (DeletesByPolicy && (isTooMuch || isTooOld));
    }
}
