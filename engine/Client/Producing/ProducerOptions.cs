using Testbed.Compression;

namespace Testbed.Client;

/// <summary>
/// How a producer works. Times are in milliseconds; the defaults are those of Kafka's producer.
/// </summary>
public sealed record ProducerOptions
{
    public Acks Acks { get; init; } = Acks.All;

    /// <summary>
    /// Records are stored once and in order however often they have to be sent again (KIP-98). Only with
    /// acks=all.
    /// </summary>
    public bool IsIdempotent { get; init; } = true;

    public CompressionCodec Codec { get; init; }

    /// <summary>The codec's level, or null for its default.</summary>
    public int? CompressionLevel { get; init; }

    /// <summary>How long a record waits for others to fill a batch with.</summary>
    public long LingerMs { get; init; } = 5;

    /// <summary>Bytes of records, before compression, that make a batch full.</summary>
    public int BatchSizeBytes { get; init; } = 16 * 1024;

    /// <summary>Bytes of batches in one request, and the longest record.</summary>
    public int RequestBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Bytes of records not settled yet; more are not taken.</summary>
    public long BufferBytesMax { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// Requests sent to one broker and not answered; no partition has more batches on their way than this.
    /// </summary>
    public int InFlightMax { get; init; } = 5;

    public long RequestTimeoutMs { get; init; } = 30_000;

    /// <summary>From the sending of a record to its result, retries included.</summary>
    public long DeliveryTimeoutMs { get; init; } = 120_000;

    public KeylessPartitions Keyless { get; init; }
}
