using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What a log's settings and its state say about how long it keeps its records.</summary>
public readonly record struct RetentionRule
{
    /// <summary>The value of retention.ms and retention.bytes that keeps everything.</summary>
    public const long Unlimited = -1;

    /// <summary>
    /// Whether cleanup.policy has "delete". Without it only what lies below the log start goes.
    /// </summary>
    public required bool DeletesByPolicy { get; init; }

    /// <summary>retention.ms; negative keeps records for ever.</summary>
    public required long RetentionMs { get; init; }

    /// <summary>retention.bytes; negative is no bound.</summary>
    public required long RetentionBytes { get; init; }

    /// <summary>Records below are deleted already (DeleteRecords, KIP-107).</summary>
    public required Offset LogStart { get; init; }

    public required Offset HighWatermark { get; init; }

    /// <summary>The wall clock, in milliseconds since 1970.</summary>
    public required long NowMs { get; init; }
}
