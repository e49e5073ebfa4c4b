namespace Testbed.Log;

/// <summary>
/// What a topic's settings say about its logs.
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

    public static LogSettings Default { get; } = new(1 << 30, 4096, false);
}
