using System;
using System.Buffers.Binary;

namespace Testbed.Wire.Records;

/// <summary>
/// The key of a control record: version (int16), type (int16). Versions above 0 may append fields, which are
/// passed over.
/// </summary>
public readonly record struct ControlRecordKey(short Version, short TypeId)
{
    public const int SizeBytes = 4;
    private const short CurrentVersion = 0;

    public ControlRecordKey(ControlRecordType type)
        : this(CurrentVersion, (short)type)
    {
    }

    /// <summary>The type, or null when it is none that is known: such a record is passed over.</summary>
    public ControlRecordType? Type =>
        TypeId is >= (short)ControlRecordType.Abort and <= (short)ControlRecordType.KRaftVoters
            ? (ControlRecordType)TypeId
            : null;

    /// <summary>False when the key is null, too short, or of a negative version.</summary>
    public static bool TryRead(OptionalBytes key, out ControlRecordKey controlKey)
    {
        controlKey = default;
        if (key.Bytes.Length < SizeBytes)
        {
            return false;
        }
        controlKey = new ControlRecordKey(
            BinaryPrimitives.ReadInt16BigEndian(key.Bytes),
            BinaryPrimitives.ReadInt16BigEndian(key.Bytes[2..]));
        return controlKey.Version >= 0;
    }

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt16BigEndian(bytes, Version);
        BinaryPrimitives.WriteInt16BigEndian(bytes[2..], TypeId);
    }
}
