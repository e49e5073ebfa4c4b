using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>
/// Changes to the header of a whole batch, in place. Each leaves the batch as right as it was: what lies
/// inside the checksum renews it.
/// </summary>
public static class RecordBatchPatch
{
    /// <summary>Outside the checksum.</summary>
    public static void SetBaseOffset(Span<byte> batch, long baseOffset) =>
        BinaryPrimitives.WriteInt64BigEndian(batch[BatchLayout.BaseOffset..], baseOffset);

    /// <summary>Outside the checksum.</summary>
    public static void SetPartitionLeaderEpoch(Span<byte> batch, int leaderEpoch) =>
        BinaryPrimitives.WriteInt32BigEndian(batch[BatchLayout.PartitionLeaderEpoch..], leaderEpoch);

    /// <summary>The broker's clock counts from now on: every record of the batch is of that time.</summary>
    public static void SetLogAppendTime(Span<byte> batch, long nowMs) =>
        SetTimestamps(batch, TimestampType.LogAppendTime, nowMs);

    /// <summary>
    /// The records' own times count again; their latest is <paramref name="maxTimestampMs"/>.
    /// </summary>
    public static void SetCreateTime(Span<byte> batch, long maxTimestampMs) =>
        SetTimestamps(batch, TimestampType.CreateTime, maxTimestampMs);

    /// <summary>What a checked batch needs before it is appended, other than offset and epoch.</summary>
    public static void Stamp(Span<byte> batch, in BatchFacts facts)
    {
        Invariant.Assert(facts.SizeBytes == batch.Length);
        if (facts.NeedsStamp)
        {
            SetTimestamps(batch, facts.TimestampType, facts.MaxTimestampMs);
        }
    }

    /// <summary>Renews the checksum after the caller has changed what it covers.</summary>
    public static void RenewCrc(Span<byte> batch) =>
        BinaryPrimitives.WriteUInt32BigEndian(
            batch[BatchLayout.Crc..], Crc32C.Of(batch[BatchLayout.Attributes..]));

    private static void SetTimestamps(Span<byte> batch, TimestampType type, long maxTimestampMs)
    {
        var attributes = new RecordBatch(batch).Attributes.With(type);
        BinaryPrimitives.WriteInt16BigEndian(batch[BatchLayout.Attributes..], attributes.Bits);
        BinaryPrimitives.WriteInt64BigEndian(batch[BatchLayout.MaxTimestamp..], maxTimestampMs);
        RenewCrc(batch);
    }
}
