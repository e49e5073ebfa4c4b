using System;
using System.Buffers.Binary;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>The header of a batch as the log needs it; the layout is drawn in Testbed.Wire.Records.</summary>
public readonly record struct StoredBatch(
    Offset BaseOffset,
    Offset EndOffset,
    int SizeBytes,
    LeaderEpoch Epoch,
    long MaxTimestampMs,
    SequencedBatch Producer,
    uint Crc,
    BatchAttributes Attributes = default)
{
    public const int HeaderBytes = 61;
    private const int LengthOverhead = 12;    // base offset and length are not counted by batchLength

    public BatchSpan Span => new(BaseOffset, EndOffset, SizeBytes, MaxTimestampMs);

    /// <summary>
    /// Reads at least <see cref="HeaderBytes"/>. Damaged bytes give a batch too: sums wrap, and whoever reads
    /// bytes that nothing vouches for compares before believing.
    /// </summary>
    public static StoredBatch Read(ReadOnlySpan<byte> header)
    {
        var baseOffset = BinaryPrimitives.ReadInt64BigEndian(header);
        var lastDelta = BinaryPrimitives.ReadInt32BigEndian(header[23..]);
        var firstSequence = BinaryPrimitives.ReadInt32BigEndian(header[53..]);
        var producer = new SequencedBatch(
            new ProducerId(BinaryPrimitives.ReadInt64BigEndian(header[43..])),
            BinaryPrimitives.ReadInt16BigEndian(header[51..]),
            firstSequence,
            firstSequence < 0 || lastDelta < 0 ? -1 : SequencedBatch.Advance(firstSequence, lastDelta));
        return new StoredBatch(
            new Offset(baseOffset),
            new Offset(unchecked(baseOffset + lastDelta + 1)),
            unchecked(BinaryPrimitives.ReadInt32BigEndian(header[8..]) + LengthOverhead),
            new LeaderEpoch(BinaryPrimitives.ReadInt32BigEndian(header[12..])),
            BinaryPrimitives.ReadInt64BigEndian(header[35..]),
            producer,
            BinaryPrimitives.ReadUInt32BigEndian(header[17..]),
            new BatchAttributes(BinaryPrimitives.ReadInt16BigEndian(header[21..])));
    }

    /// <summary>
    /// Gives a batch its place: base offset and leader epoch lie outside the checksum (KIP-98).
    /// </summary>
    public static StoredBatch Place(Span<byte> batch, Offset baseOffset, LeaderEpoch epoch)
    {
        BinaryPrimitives.WriteInt64BigEndian(batch, baseOffset.Value);
        BinaryPrimitives.WriteInt32BigEndian(batch[12..], epoch.Value);
        return Read(batch);
    }
}
