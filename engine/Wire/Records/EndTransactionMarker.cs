using System;
using System.Buffers.Binary;

namespace Testbed.Wire.Records;

/// <summary>
/// The value of a commit or abort marker: version (int16), epoch of the coordinator that wrote it (int32).
/// Versions above 0 may append fields, which are passed over.
/// </summary>
public readonly record struct EndTransactionMarker(short Version, int CoordinatorEpoch)
{
    public const int SizeBytes = 6;
    private const short CurrentVersion = 0;

    public EndTransactionMarker(int coordinatorEpoch)
        : this(CurrentVersion, coordinatorEpoch)
    {
    }

    /// <summary>False when the value is null, too short, or of a negative version.</summary>
    public static bool TryRead(OptionalBytes value, out EndTransactionMarker marker)
    {
        marker = default;
        if (value.Bytes.Length < SizeBytes)
        {
            return false;
        }
        marker = new EndTransactionMarker(
            BinaryPrimitives.ReadInt16BigEndian(value.Bytes),
            BinaryPrimitives.ReadInt32BigEndian(value.Bytes[2..]));
        return marker.Version >= 0;
    }

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt16BigEndian(bytes, Version);
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], CoordinatorEpoch);
    }

    /// <summary>Appends the marker as the one record of a control batch that the builder has begun.</summary>
    public void AppendTo(RecordBatchBuilder builder, long timestampMs, bool isCommit)
    {
        Span<byte> key = stackalloc byte[ControlRecordKey.SizeBytes];
        new ControlRecordKey(isCommit ? ControlRecordType.Commit : ControlRecordType.Abort).Write(key);
        Span<byte> value = stackalloc byte[SizeBytes];
        Write(value);
        builder.Append(timestampMs, key, value);
    }
}
