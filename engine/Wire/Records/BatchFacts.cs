using Testbed.Compression;

namespace Testbed.Wire.Records;

/// <summary>What the check of a batch has found, so far as appending it needs to know.</summary>
public readonly record struct BatchFacts
{
    /// <summary>Of the batch as it was sent.</summary>
    public required int SizeBytes { get; init; }

    /// <summary>At least 1; the last offset delta is one less.</summary>
    public required int RecordsCount { get; init; }

    /// <summary>The timestamp type to be stored: the topic's.</summary>
    public required TimestampType TimestampType { get; init; }

    /// <summary>
    /// The max timestamp to be stored: of the records, -1 if all are below that, or the append time.
    /// </summary>
    public required long MaxTimestampMs { get; init; }

    /// <summary>Offset delta of the first record with that time; -1 if there is none.</summary>
    public required int MaxTimestampOffsetDelta { get; init; }

    /// <summary>The codec of the batch as it was sent.</summary>
    public required CompressionCodec Codec { get; init; }

    /// <summary>The codec to be stored.</summary>
    public required CompressionCodec StoredCodec { get; init; }

    /// <summary>Whether timestamp type or max timestamp of the batch are not those to be stored.</summary>
    public required bool NeedsStamp { get; init; }

    public int LastOffsetDelta => RecordsCount - 1;

    /// <summary>Whether the records have to be packed anew, as compression.type demands.</summary>
    public bool NeedsReencode => StoredCodec != Codec;
}
