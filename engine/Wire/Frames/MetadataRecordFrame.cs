using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>
/// The value of a record of the metadata log (KIP-631):
/// <code>
/// uvarint 1 | uvarint type | uvarint version | body
/// </code>
/// </summary>
public static class MetadataRecordFrame
{
    private const uint FrameVersion = 1;

    public static void Write(WireWriter writer, IMetadataRecord record, short version)
    {
        Invariant.Assert(version >= 0);
        writer.WriteUVarInt(FrameVersion);
        writer.WriteUVarInt((uint)record.RecordType);
        writer.WriteUVarInt((uint)version);
        record.Write(writer, version);
    }

    /// <summary>
    /// Reads the frame and the record, which must fill the bytes. A type or version that no schema has is
    /// malformed: whoever runs with a metadata version that we do not know cannot be followed.
    /// </summary>
    public static IMetadataRecord Read(ref WireReader reader, out short version)
    {
        if (reader.ReadUVarInt() != FrameVersion)
        {
            throw reader.Malformed(MalformedReason.UnknownFrame);
        }
        var type = ReadInt16(ref reader, MalformedReason.UnknownType);
        version = ReadInt16(ref reader, MalformedReason.UnknownVersion);
        var record = Schemas.ReadMetadataRecord(type, ref reader, version)
            ?? throw reader.Malformed(MalformedReason.UnknownType);
        reader.RequireEnd();
        return record;
    }

    private static short ReadInt16(ref WireReader reader, MalformedReason reason)
    {
        var value = reader.ReadUVarInt();
        return value <= (uint)short.MaxValue ? (short)value : throw reader.Malformed(reason);
    }
}
