using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What a log's settings and its state say about which part of it may be compacted.</summary>
public readonly record struct CleanableRule
{
    /// <summary>
    /// The partition's line in `cleaner-offset-checkpoint`: where the dirty part begins. None when there is
    /// no line.
    /// </summary>
    public required Offset Checkpoint { get; init; }

    public required Offset LogStart { get; init; }

    public required Offset HighWatermark { get; init; }

    /// <summary>The first offset of a transaction that is not decided, or the high watermark.</summary>
    public required Offset LastStable { get; init; }

    /// <summary>The wall clock, in milliseconds since 1970.</summary>
    public required long NowMs { get; init; }

    /// <summary>min.compaction.lag.ms: younger records are not touched. 0 is no bound.</summary>
    public required long MinLagMs { get; init; }

    /// <summary>max.compaction.lag.ms: older records make the log due (KIP-354).</summary>
    public required long MaxLagMs { get; init; }
}
