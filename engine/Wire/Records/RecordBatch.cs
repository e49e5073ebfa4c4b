using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>
/// One whole record batch of format 2 as it stands in memory. Only the outline is known to be right:
/// checksum and records are the reader's to check. Patched by <see cref="RecordBatchPatch"/>.
/// </summary>
public readonly ref struct RecordBatch
{
    /// <summary>In producer id, producer epoch and base sequence: there is none.</summary>
    public const int NoProducer = -1;

    /// <summary>The timestamp of records that have none.</summary>
    public const long NoTimestamp = -1;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>The bytes are exactly one batch, as <see cref="BatchFrame.Of"/> has found it.</summary>
    public RecordBatch(ReadOnlySpan<byte> bytes)
    {
        Invariant.Assert(BatchFrame.Of(bytes) == new BatchFrame(BatchFraming.Whole, bytes.Length));
        _bytes = bytes;
    }

    public ReadOnlySpan<byte> Bytes => _bytes;

    public int SizeInBytes => _bytes.Length;

    public long BaseOffset => Int64(BatchLayout.BaseOffset);

    public int BatchLength => Int32(BatchLayout.BatchLength);

    public int PartitionLeaderEpoch => Int32(BatchLayout.PartitionLeaderEpoch);

    public byte Magic => _bytes[BatchLayout.Magic];

    public uint Crc => BinaryPrimitives.ReadUInt32BigEndian(_bytes[BatchLayout.Crc..]);

    public BatchAttributes Attributes =>
        new(BinaryPrimitives.ReadInt16BigEndian(_bytes[BatchLayout.Attributes..]));

    public int LastOffsetDelta => Int32(BatchLayout.LastOffsetDelta);

    public long BaseTimestamp => Int64(BatchLayout.BaseTimestamp);

    public long MaxTimestamp => Int64(BatchLayout.MaxTimestamp);

    public long ProducerId => Int64(BatchLayout.ProducerId);

    public short ProducerEpoch => BinaryPrimitives.ReadInt16BigEndian(_bytes[BatchLayout.ProducerEpoch..]);

    public int BaseSequence => Int32(BatchLayout.BaseSequence);

    public int RecordsCount => Int32(BatchLayout.RecordsCount);

    /// <summary>The records, packed if the attributes name a codec.</summary>
    public ReadOnlySpan<byte> Body => _bytes[BatchLayout.Records..];

    /// <summary>What the checksum covers.</summary>
    public ReadOnlySpan<byte> Checked => _bytes[BatchLayout.Attributes..];

    public bool IsCrcValid => Crc32C.Of(Checked) == Crc;

    public bool HasProducerId => ProducerId > NoProducer;

    /// <summary>
    /// Offset of the last record. Offsets wrap in a batch that lies about them; none such is stored.
    /// </summary>
    public long LastOffset => unchecked(BaseOffset + LastOffsetDelta);

    /// <summary>Sequence of the last record, or none.</summary>
    public int LastSequence =>
        BaseSequence < 0 ? NoProducer : SequenceNumber.Plus(BaseSequence, Math.Max(LastOffsetDelta, 0));

    /// <summary>When tombstones and markers of the batch may be removed, or null.</summary>
    public long? DeleteHorizonMs => Attributes.HasDeleteHorizon ? BaseTimestamp : null;

    public long OffsetOf(in RecordView record) => unchecked(BaseOffset + record.OffsetDelta);

    /// <summary>
    /// The time of a record: of the whole batch where the broker's clock counts, otherwise the record's own.
    /// Sums wrap, as they do in the writer, so that every timestamp can be told.
    /// </summary>
    public long TimestampOf(in RecordView record) => Attributes.TimestampType == TimestampType.LogAppendTime
        ? MaxTimestamp
        : unchecked(BaseTimestamp + record.TimestampDelta);

    private int Int32(int at) => BinaryPrimitives.ReadInt32BigEndian(_bytes[at..]);

    private long Int64(int at) => BinaryPrimitives.ReadInt64BigEndian(_bytes[at..]);
}
