namespace Testbed.Wire;

/// <summary>
/// A message behind its own version: values of coordinator records, the consumer protocol's blobs, markers
/// and others.
/// <code>
/// int16 version | body
/// </code>
/// </summary>
public static class VersionPrefix
{
    public static void Write(WireWriter writer, IMessage message, short version)
    {
        writer.WriteInt16(version);
        message.Write(writer, version);
    }

    /// <summary>A version that the schema does not have is malformed. Bytes may follow.</summary>
    public static T Read<T>(ref WireReader reader, out short version)
        where T : IMessage<T>
    {
        version = reader.ReadInt16();
        return Versions.Read<T>(ref reader, version);
    }
}
