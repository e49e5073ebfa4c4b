using System.Collections.Generic;

namespace Testbed.Sim.Workloads;

/// <summary>
/// The run that `sim run` makes of a seed: one broker, producers, consumers that follow, and faults, for a
/// while; then everything heals and the whole log is read back.
/// </summary>
public sealed record WorkloadSettings
{
    public const string Topic = "history";
    public const string LatestTopic = "latest";
    public const int BrokerPort = 9092;

    /// <summary>The compacted topic is rolled and compacted many times in a run.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> LatestConfigs { get; } =
    [
        new("cleanup.policy", "compact"), new("segment.ms", "2500"), new("min.cleanable.dirty.ratio", "0.01"),
        new("delete.retention.ms", "4000"), new("file.delete.delay.ms", "1000"),
    ];

    public required ulong Seed { get; init; }

    /// <summary>Virtual milliseconds in which clients work; faults happen in the first five sixths.</summary>
    public long DurationMs { get; init; } = 60_000;

    public int ProducerCount { get; init; } = 3;

    public int ConsumerCount { get; init; } = 2;

    public int PartitionCount { get; init; } = 3;

    /// <summary>Longest pause of a producer between two records, in milliseconds.</summary>
    public long SendPauseMsMax { get; init; } = 40;

    public int ValueBytesMax { get; init; } = 1_000;

    /// <summary>Faults are drawn between none and this many.</summary>
    public int FaultCountMax { get; init; } = 16;

    /// <summary>
    /// Virtual milliseconds after the end in which everything must have healed and been read.
    /// </summary>
    public long ConvergeMs { get; init; } = 120_000;

    /// <summary>
    /// The planted bug: sync reports success and makes nothing durable. A simulator that does not find it is
    /// worth nothing.
    /// </summary>
    public bool IsSyncRemoved { get; init; }
}
