namespace Testbed.Wire.Records;

/// <summary>
/// Where the fields of a record batch stand (Kafka's message format 2, KIP-98). Numbers highest byte first.
/// </summary>
/// <remarks>
/// <code>
/// offset size field
///      0    8 base offset              offset of the first record, also when compaction has removed it
///      8    4 batch length             bytes behind this field
///     12    4 partition leader epoch   set by the leader that appends, -1 before
///     16    1 magic                    2
///     17    4 crc                      CRC-32C of everything behind it
///     21    2 attributes               see BatchAttributes
///     23    4 last offset delta        offset of the last record - base offset, kept by compaction
///     27    8 base timestamp           ms since 1970; the delete horizon where attributes say so
///     35    8 max timestamp            of the records, or the append time
///     43    8 producer id              -1: not idempotent
///     51    2 producer epoch           -1: not idempotent
///     53    4 base sequence            -1: not idempotent, and in control batches
///     57    4 records count            as they stand here, after compaction
///     61      records                  packed as one block when attributes name a codec
/// </code>
/// Base offset, batch length and leader epoch lie outside the checksum, so that a leader need not compute it
/// anew. Formats 0 and 1 have the first two fields and the magic in the same places.
/// </remarks>
public static class BatchLayout
{
    public const int BaseOffset = 0;
    public const int BatchLength = 8;
    public const int PartitionLeaderEpoch = 12;
    public const int Magic = 16;
    public const int Crc = 17;
    public const int Attributes = 21;
    public const int LastOffsetDelta = 23;
    public const int BaseTimestamp = 27;
    public const int MaxTimestamp = 35;
    public const int ProducerId = 43;
    public const int ProducerEpoch = 51;
    public const int BaseSequence = 53;
    public const int RecordsCount = 57;
    public const int Records = 61;

    /// <summary>Bytes that the batch length does not count.</summary>
    public const int UncountedBytes = 12;

    /// <summary>Bytes that must be there to tell size and format of any batch.</summary>
    public const int BytesUpToMagic = 17;

    /// <summary>
    /// The smallest batch length of any format: a message of format 0 without key and value.
    /// </summary>
    public const int BatchLengthMin = 14;

    public const byte MagicValue = 2;
}
