using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One more remembered batch in the section behind Kafka's part of a snapshot.
/// <code>
/// 40 bytes, highest byte first
///   0  8  producer id
///   8  4  first sequence
///  12  4  last sequence
///  16  8  base offset
///  24  8  end offset, exclusive
///  32  8  timestamp, milliseconds
/// </code>
/// </summary>
internal readonly record struct SnapshotBatchRow(ProducerId Id, RecentBatch Batch)
{
    public const int SizeBytes = 40;

    public static SnapshotBatchRow Read(ReadOnlySpan<byte> bytes) => new(
        new ProducerId(BinaryPrimitives.ReadInt64BigEndian(bytes)),
        new RecentBatch(
            BinaryPrimitives.ReadInt32BigEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[12..]),
            new Offset(BinaryPrimitives.ReadInt64BigEndian(bytes[16..])),
            new Offset(BinaryPrimitives.ReadInt64BigEndian(bytes[24..])),
            BinaryPrimitives.ReadInt64BigEndian(bytes[32..])));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes, Id.Value);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], Batch.FirstSequence);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], Batch.LastSequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes[16..], Batch.BaseOffset.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes[24..], Batch.EndOffset.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes[32..], Batch.TimestampMs);
    }
}
