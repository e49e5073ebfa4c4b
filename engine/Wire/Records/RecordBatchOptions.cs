using Testbed.Compression;

namespace Testbed.Wire.Records;

/// <summary>
/// What a batch says of itself beside its records. The defaults are those of a plain producer.
/// </summary>
public sealed record RecordBatchOptions
{
    public static RecordBatchOptions Default { get; } = new();

    public CompressionCodec Codec { get; init; }

    /// <summary>The codec's level, or null for its default.</summary>
    public int? Level { get; init; }

    public long BaseOffset { get; init; }

    public int PartitionLeaderEpoch { get; init; } = -1;

    public long ProducerId { get; init; } = RecordBatch.NoProducer;

    public short ProducerEpoch { get; init; } = RecordBatch.NoProducer;

    public int BaseSequence { get; init; } = RecordBatch.NoProducer;

    public bool IsTransactional { get; init; }

    public bool IsControl { get; init; }

    public TimestampType TimestampType { get; init; }

    /// <summary>
    /// The max timestamp, where it is not the records' latest: the append time, or that of removed records.
    /// </summary>
    public long? MaxTimestampMs { get; init; }

    /// <summary>Takes the place of the base timestamp (KIP-534).</summary>
    public long? DeleteHorizonMs { get; init; }

    /// <summary>
    /// The last offset delta, where it is not the last record's: that of a record which compaction removed.
    /// </summary>
    public int? LastOffsetDelta { get; init; }

    internal BatchAttributes Attributes => default(BatchAttributes)
        .With(Codec)
        .With(TimestampType)
        .WithTransactional(IsTransactional)
        .WithControl(IsControl)
        .WithDeleteHorizon(DeleteHorizonMs is not null);
}
