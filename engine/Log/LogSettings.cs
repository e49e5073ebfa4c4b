using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What a topic's settings say about its logs. Times are in milliseconds.
/// </summary>
/// <param name="SegmentBytes">
/// segment.bytes: a segment grows to at most this, unless one batch alone is larger.
/// </param>
/// <param name="IndexIntervalBytes">index.interval.bytes: one index entry for about this many bytes.</param>
/// <param name="SyncBeforeAcknowledge">
/// True for durability=fsync: an offset counts as written only once it survives a power cut.
/// </param>
public sealed record LogSettings(int SegmentBytes, int IndexIntervalBytes, bool SyncBeforeAcknowledge)
{
    /// <summary>
    /// producer.id.expiration.ms: a producer that has appended nothing for so long is forgotten.
    /// </summary>
    public int ProducerExpirationMs { get; init; } = 86_400_000;

    /// <summary>segment.ms: a batch so much later than its segment's first begins another one.</summary>
    public long SegmentMs { get; init; } = 604_800_000;

    /// <summary>segment.jitter.ms: at most so much earlier, so that logs do not roll all at once.</summary>
    public long SegmentJitterMs { get; init; }

    /// <summary>segment.index.bytes: a segment ends when either of its indexes is this large.</summary>
    public int SegmentIndexBytes { get; init; } = 10_485_760;

    /// <summary>preallocate: a new segment sets its space aside on the disk.</summary>
    public bool IsPreallocated { get; init; }

    /// <summary>
    /// cleanup.policy has compact: offsets may be missing anywhere, so that a segment that is lost does not
    /// show as a gap.
    /// </summary>
    public bool IsCompacted { get; init; }

    /// <summary>cleanup.policy has delete: old segments go.</summary>
    public bool IsDeleted { get; init; } = true;

    /// <summary>retention.ms: segments whose last record is older go; -1 is never.</summary>
    public long RetentionMs { get; init; } = -1;

    /// <summary>retention.bytes: the oldest segments go while the log is larger; -1 is no bound.</summary>
    public long RetentionBytes { get; init; } = -1;

    /// <summary>min.compaction.lag.ms: younger records are not compacted.</summary>
    public long MinCompactionLagMs { get; init; }

    /// <summary>max.compaction.lag.ms: older records make the log due to be compacted.</summary>
    public long MaxCompactionLagMs { get; init; } = long.MaxValue;

    /// <summary>
    /// min.cleanable.dirty.ratio, in millionths: from this part on that is not compacted the log is due.
    /// </summary>
    public int MinDirtyPerMillion { get; init; } = 500_000;

    /// <summary>delete.retention.ms: how long tombstones and markers stay once compaction has met them.</summary>
    public long DeleteRetentionMs { get; init; } = 86_400_000;

    /// <summary>file.delete.delay.ms: files that are no longer part of the log stay for so long.</summary>
    public long FileDeleteDelayMs { get; init; } = 60_000;

    /// <summary>
    /// Bytes of a log that syncs every group after which a recovery point is made without a new segment.
    /// </summary>
    public long RecoveredTailBytes { get; init; } = Limits.RecoveredTailBytes;

    public static LogSettings Default { get; } = new(1 << 30, 4096, false);
}
