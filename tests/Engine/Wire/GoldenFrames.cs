using System;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Wire;

/// <summary>Frames around records, by the names that the golden index gives them.</summary>
public static class GoldenFrames
{
    /// <summary>Null for a coordinator's key of a type that nobody knows.</summary>
    public static IMessage? Read(string frame, string name, ref WireReader reader, out short version)
    {
        version = 0;
        switch (frame)
        {
            case "metadata":
                return MetadataRecordFrame.Read(ref reader, out version);
            case "coordinator-key":
                return CoordinatorRecordFrame.ReadKey(LogOf(name), ref reader);
            case "version-prefixed" when MessageTypes.Of(name).New() is ICoordinatorValue value:
                var type = value.RecordType;
                return CoordinatorRecordFrame.ReadValue(LogOf(name), type, ref reader, out version);
            case "version-prefixed":
                return MessageTypes.Of(name).ReadVersionPrefixed(ref reader, out version);
            default:
                throw new InvalidOperationException($"no frame is called {frame}");
        }
    }

    public static void Write(WireWriter writer, IMessage message, short version)
    {
        switch (message)
        {
            case IMetadataRecord record:
                MetadataRecordFrame.Write(writer, record, version);
                break;
            case ICoordinatorKey key:
                CoordinatorRecordFrame.WriteKey(writer, key);
                break;
            default:
                VersionPrefix.Write(writer, message, version);
                break;
        }
    }

    private static CoordinatorLog LogOf(string name)
    {
        if (name.StartsWith("TransactionLog", StringComparison.Ordinal))
        {
            return CoordinatorLog.Transaction;
        }
        return name is "ShareSnapshotKey" or "ShareSnapshotValue" or "ShareUpdateKey" or "ShareUpdateValue"
            ? CoordinatorLog.Share
            : CoordinatorLog.Group;
    }
}
