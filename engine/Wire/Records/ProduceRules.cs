using Testbed.Compression;
using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>
/// The settings of a topic that decide what a producer may append to it. The defaults are Kafka's.
/// </summary>
public sealed record ProduceRules
{
    public static ProduceRules Default { get; } = new();

    /// <summary>max.message.bytes: of a batch as it is stored.</summary>
    public int MaxMessageBytes { get; init; } = 1_048_588;

    /// <summary>message.timestamp.type</summary>
    public TimestampType TimestampType { get; init; }

    /// <summary>
    /// message.timestamp.before.max.ms: how far behind the broker's clock a create time may be.
    /// </summary>
    public long TimestampBeforeMaxMs { get; init; } = long.MaxValue;

    /// <summary>
    /// message.timestamp.after.max.ms: how far ahead of the broker's clock a create time may be.
    /// </summary>
    public long TimestampAfterMaxMs { get; init; } = 3_600_000;

    /// <summary>Whether cleanup.policy includes compact: every record needs a key then.</summary>
    public bool IsCompacted { get; init; }

    /// <summary>compression.type; null is "producer": batches keep their codec.</summary>
    public CompressionCodec? Codec { get; init; }

    /// <summary>The level that belongs to <see cref="Codec"/>, or null for its default.</summary>
    public int? CompressionLevel { get; init; }

    /// <summary>Most bytes that the records of a packed batch may unpack to.</summary>
    public int UncompressedMaxBytes { get; init; } = Limits.UncompressedMaxBytes;
}
