using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Which whole segments a log may delete: those below the log start (KIP-107), then, where cleanup.policy has
/// "delete", those it can lose and still have retention.bytes, and those whose latest record is older than
/// retention.ms. Oldest first, up to the first that must stay; nothing at or above the high watermark
/// (KAFKA-5634).
/// </summary>
/// <remarks>
/// A segment counts as old by its latest record's timestamp (KIP-33), or by its file's last change when no
/// record has one.
/// </remarks>
public static class Retention
{
    /// <param name="segments">All segments of the log, oldest first, the active one last.</param>
    /// <param name="rule">The settings and the moment.</param>
    public static RetentionVerdict Decide(IReadOnlyList<SegmentFacts> segments, in RetentionRule rule)
    {
        var remainingBytes = SizeOf(segments);
        var start = rule.LogStart;
        var count = 0;
        while (count < segments.Count && MayGo(segments, count, remainingBytes, rule))
        {
            remainingBytes -= segments[count].SizeBytes;
            start = Offset.Max(start, UpperBound(segments, count));
            count++;
        }
        return new RetentionVerdict(count, count > 0 && count == segments.Count, start);
    }

    private static bool MayGo(
        IReadOnlyList<SegmentFacts> segments, int index, long remainingBytes, in RetentionRule rule)
    {
        var segment = segments[index];
        var isActive = index == segments.Count - 1;
        var upperBound = UpperBound(segments, index);
        if (upperBound > rule.HighWatermark || (isActive && segment.SizeBytes == 0))
        {
            return false;
        }
        if (!isActive && upperBound <= rule.LogStart)
        {
            return true;
        }
        return rule.DeletesByPolicy
            && (IsBeyondSize(segment, remainingBytes, rule) || IsTooOld(segment, rule));
    }

    private static bool IsBeyondSize(in SegmentFacts segment, long remainingBytes, in RetentionRule rule) =>
        rule.RetentionBytes >= 0 && remainingBytes - segment.SizeBytes >= rule.RetentionBytes;

    private static bool IsTooOld(in SegmentFacts segment, in RetentionRule rule) =>
        rule.RetentionMs >= 0
        && segment.MaxTimestampMs >= 0
        && rule.NowMs - segment.MaxTimestampMs > rule.RetentionMs;

    /// <summary>All its offsets lie below; those of a gap behind it count as its own.</summary>
    private static Offset UpperBound(IReadOnlyList<SegmentFacts> segments, int index) =>
        index == segments.Count - 1 ? segments[index].End : segments[index + 1].Base;

    private static long SizeOf(IReadOnlyList<SegmentFacts> segments)
    {
        var sizeBytes = 0L;
        foreach (var segment in segments)
        {
            sizeBytes += segment.SizeBytes;
        }
        return sizeBytes;
    }
}
