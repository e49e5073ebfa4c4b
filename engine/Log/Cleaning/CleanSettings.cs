namespace Testbed.Log;

/// <summary>What a topic's and the broker's settings say about compaction.</summary>
public sealed record CleanSettings
{
    public static CleanSettings Default { get; } = new();

    /// <summary>
    /// delete.retention.ms: tombstones and markers stay this long after cleaning has met them.
    /// </summary>
    public long DeleteRetentionMs { get; init; } = 86_400_000;

    /// <summary>segment.bytes.</summary>
    public int SegmentBytes { get; init; } = 1 << 30;

    /// <summary>segment.index.bytes.</summary>
    public int IndexBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>index.interval.bytes.</summary>
    public int IndexIntervalBytes { get; init; } = 4096;

    /// <summary>log.cleaner.dedupe.buffer.size: most memory for the key map.</summary>
    public int DedupeBufferBytes { get; init; } = 128 * 1024 * 1024;

    /// <summary>
    /// log.cleaner.io.max.bytes.per.second, read and written together; 0 is no bound.
    /// </summary>
    public long IoBytesPerSecond { get; init; }
}
