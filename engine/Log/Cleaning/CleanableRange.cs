using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The part of a log that compaction may look at: below <see cref="FirstDirty"/> it has been before, from
/// there to <see cref="Bound"/> it has not, and beyond that it must not go.
/// </summary>
/// <param name="FirstDirty">The first offset not compacted yet.</param>
/// <param name="Bound">
/// Exclusive, and always the base of a segment unless nothing is dirty: the active segment's, or that of the
/// first one that reaches above the last stable offset or the high watermark (KAFKA-13194), or has a dirty
/// record younger than min.compaction.lag.ms.
/// </param>
/// <param name="CleanBytes">Size of the segments below the dirty part.</param>
/// <param name="DirtyBytes">Size of the segments with a dirty offset, up to the bound.</param>
/// <param name="IsCheckpointWrong">
/// The checkpoint lies outside the log, after a truncation or deletion, and all of the log counts as dirty
/// (KAFKA-3330): it has to be written anew.
/// </param>
/// <param name="IsLagOver">
/// A dirty record is older than max.compaction.lag.ms allows, by its segment's first batch (KIP-354).
/// </param>
public readonly record struct CleanableRange(
    Offset FirstDirty,
    Offset Bound,
    long CleanBytes,
    long DirtyBytes,
    bool IsCheckpointWrong,
    bool IsLagOver)
{
    private const int Million = 1_000_000;

    /// <param name="segments">All segments of the log, oldest first, the active one last.</param>
    /// <param name="rule">The settings and the moment.</param>
    public static CleanableRange Of(IReadOnlyList<SegmentFacts> segments, in CleanableRule rule)
    {
        Invariant.Assert(segments.Count > 0);
        var isCheckpointWrong = rule.Checkpoint != Offset.None
            && (rule.Checkpoint < rule.LogStart || rule.Checkpoint > segments[^1].Base);
        var isAllDirty = isCheckpointWrong || rule.Checkpoint == Offset.None;
        var firstDirty = isAllDirty ? rule.LogStart : rule.Checkpoint;
        var count = CleanableCount(segments, firstDirty, rule);
        var cleanBytes = 0L;
        var dirtyBytes = 0L;
        for (var i = 0; i < count; i++)
        {
            var isDirty = segments[i + 1].Base > firstDirty;
            cleanBytes += isDirty ? 0 : segments[i].SizeBytes;
            dirtyBytes += isDirty ? segments[i].SizeBytes : 0;
        }
        return new CleanableRange(
            firstDirty,
            Offset.Max(firstDirty, segments[count].Base),
            cleanBytes,
            dirtyBytes,
            isCheckpointWrong,
            IsTooOld(segments, firstDirty, rule));
    }

    /// <summary>
    /// Whether the log is to be compacted now: there is something dirty, and it is at least this part of all
    /// that may be compacted, or has waited for too long.
    /// </summary>
    /// <param name="minDirtyPerMillion">min.cleanable.dirty.ratio, 0 to 1,000,000.</param>
    public bool IsDue(int minDirtyPerMillion)
    {
        Invariant.Assert(minDirtyPerMillion is >= 0 and <= Million);
        return DirtyBytes > 0
            && (IsLagOver
                || (Int128)DirtyBytes * Million >= (Int128)minDirtyPerMillion * (CleanBytes + DirtyBytes));
    }

    /// <summary>Whether a larger part is dirty: of all logs that are due, that one comes first.</summary>
    public bool IsDirtierThan(in CleanableRange other) =>
        (Int128)DirtyBytes * (other.CleanBytes + other.DirtyBytes)
        > (Int128)other.DirtyBytes * (CleanBytes + DirtyBytes);

    /// <summary>So many of the oldest segments may be compacted; the active one never.</summary>
    private static int CleanableCount(
        IReadOnlyList<SegmentFacts> segments, Offset firstDirty, in CleanableRule rule)
    {
        var decided = Offset.Min(rule.LastStable, rule.HighWatermark);
        var count = 0;
        while (count < segments.Count - 1)
        {
            var upperBound = segments[count + 1].Base;
            var isTooYoung = rule.MinLagMs > 0
                && upperBound > firstDirty
                && segments[count].MaxTimestampMs > rule.NowMs - rule.MinLagMs;
            if (upperBound > decided || isTooYoung)
            {
                break;
            }
            count++;
        }
        return count;
    }

    private static bool IsTooOld(
        IReadOnlyList<SegmentFacts> segments, Offset firstDirty, in CleanableRule rule)
    {
        var earliestMs = long.MaxValue;
        for (var i = 0; i < segments.Count - 1; i++)
        {
            var isDirty = segments[i + 1].Base > firstDirty;
            if (isDirty && segments[i].FirstTimestampMs > 0)
            {
                earliestMs = Math.Min(earliestMs, segments[i].FirstTimestampMs);
            }
        }
        return earliestMs < rule.NowMs - Math.Max(rule.MaxLagMs, 0);
    }
}
