using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One producer in a snapshot file, as Kafka writes it: only its last batch. Numbers as they stand there.
/// <code>
/// 46 bytes, highest byte first
///   0  8  producer id
///   8  2  producer epoch
///  10  4  last sequence             -1: no batch
///  14  8  last offset               -1: no batch
///  22  4  last offset - base offset of the last batch
///  26  8  timestamp, milliseconds
///  34  4  coordinator epoch         -1: no marker yet
///  38  8  first offset of the open transaction, -1: none
/// </code>
/// </summary>
internal readonly record struct SnapshotRow(
    long ProducerId,
    short Epoch,
    int LastSequence,
    long LastOffset,
    int OffsetDelta,
    long TimestampMs,
    int CoordinatorEpoch,
    long TransactionStart)
{
    public const int SizeBytes = 46;

    public bool HasBatch => LastOffset >= 0;

    public static SnapshotRow Of(ProducerState state)
    {
        var last = state.BatchCount > 0 ? state.Last : new RecentBatch(-1, -1, Offset.None, Offset.Zero, -1);
        return new SnapshotRow(
            state.Id.Value,
            state.Epoch,
            last.LastSequence,
            last.EndOffset.Value - 1,
            state.BatchCount > 0 ? (int)(last.EndOffset - last.BaseOffset - 1) : 0,
            state.LastTimestampMs,
            state.CoordinatorEpoch,
            state.CurrentTransactionStart?.Value ?? -1);
    }

    public static SnapshotRow Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt64BigEndian(bytes),
        BinaryPrimitives.ReadInt16BigEndian(bytes[8..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[10..]),
        BinaryPrimitives.ReadInt64BigEndian(bytes[14..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[22..]),
        BinaryPrimitives.ReadInt64BigEndian(bytes[26..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[34..]),
        BinaryPrimitives.ReadInt64BigEndian(bytes[38..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes, ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(bytes[8..], Epoch);
        BinaryPrimitives.WriteInt32BigEndian(bytes[10..], LastSequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes[14..], LastOffset);
        BinaryPrimitives.WriteInt32BigEndian(bytes[22..], OffsetDelta);
        BinaryPrimitives.WriteInt64BigEndian(bytes[26..], TimestampMs);
        BinaryPrimitives.WriteInt32BigEndian(bytes[34..], CoordinatorEpoch);
        BinaryPrimitives.WriteInt64BigEndian(bytes[38..], TransactionStart);
    }

    /// <summary>
    /// What the row tells of the last batch, which there is: the first sequence by the count of offsets, the
    /// timestamp as the producer's last.
    /// </summary>
    public RecentBatch LastBatch()
    {
        Invariant.Assert(HasBatch);
        return new RecentBatch(
            LastSequence < 0 ? -1 : Before(LastSequence, OffsetDelta),
            LastSequence,
            new Offset(LastOffset - OffsetDelta),
            new Offset(LastOffset) + 1,
            TimestampMs);
    }

    /// <summary>
    /// What cannot be in a row of a snapshot taken at <paramref name="end"/>; empty if all can.
    /// </summary>
    public string ProblemBelow(Offset end)
    {
        var isBatchPossible = LastOffset == -1
            || (LastOffset < end.Value && OffsetDelta >= 0 && OffsetDelta <= LastOffset && LastOffset >= 0);
        return this switch
        {
            { ProducerId: < 0 } => $"producer id {ProducerId} is negative",
            { Epoch: < -1 } or { CoordinatorEpoch: < -1 } or { LastSequence: < -1 } =>
                $"producer {ProducerId} has epoch {Epoch}, coordinator epoch {CoordinatorEpoch} and "
                + $"last sequence {LastSequence}",
            _ when !isBatchPossible =>
                $"producer {ProducerId} has last offset {LastOffset} and delta {OffsetDelta} "
                + $"in a snapshot at {end}",
            _ when TransactionStart < -1 || TransactionStart >= end.Value =>
                $"producer {ProducerId} has a transaction from {TransactionStart} in a snapshot at {end}",
            _ => string.Empty,
        };
    }

    private static int Before(int sequence, int count) =>
        sequence >= count ? sequence - count : int.MaxValue - (count - sequence) + 1;
}
