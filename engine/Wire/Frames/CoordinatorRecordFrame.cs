using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>
/// Key and value of a record of a coordinator's log. The key carries the type, the value its version; a
/// record without a value deletes what its key names.
/// <code>
/// key    int16 type | body at version 0
/// value  int16 version | body
/// </code>
/// </summary>
public static class CoordinatorRecordFrame
{
    public static void WriteKey(WireWriter writer, ICoordinatorKey key)
    {
        writer.WriteInt16(key.RecordType);
        key.Write(writer, 0);
    }

    public static void WriteValue(WireWriter writer, ICoordinatorValue value, short version) =>
        VersionPrefix.Write(writer, value, version);

    /// <summary>
    /// Null for a type that no schema has: a newer broker wrote it, and readers pass over it.
    /// </summary>
    public static ICoordinatorKey? ReadKey(CoordinatorLog log, ref WireReader reader)
    {
        var type = reader.ReadInt16();
        return log switch
        {
            CoordinatorLog.Group => Schemas.ReadGroupKey(type, ref reader, 0),
            CoordinatorLog.Transaction => Schemas.ReadTransactionKey(type, ref reader, 0),
            _ => Schemas.ReadShareKey(type, ref reader, 0),
        };
    }

    /// <summary>The value that belongs to a key of this type, which <see cref="ReadKey"/> knew.</summary>
    public static ICoordinatorValue ReadValue(
        CoordinatorLog log, short type, ref WireReader reader, out short version)
    {
        version = reader.ReadInt16();
        var value = log switch
        {
            CoordinatorLog.Group => Schemas.ReadGroupValue(type, ref reader, version),
            CoordinatorLog.Transaction => Schemas.ReadTransactionValue(type, ref reader, version),
            _ => Schemas.ReadShareValue(type, ref reader, version),
        };
        Invariant.Assert(value is not null);
        return value;
    }
}
