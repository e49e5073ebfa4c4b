using System;
using System.Buffers.Binary;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Sim.Workloads;

/// <summary>
/// Records of the compacted topic: the key is 8 bytes, and a header tells the number of its value, so that a
/// tombstone has one too.
/// </summary>
internal static class LatestRecord
{
    private const string NumberHeader = "n";

    public static ProducerRecord Make(long key, long number, bool isDeletion, int valueBytesMax, Prng random)
    {
        byte[]? value = isDeletion ? null : new byte[random.Below(valueBytesMax)];
        random.Fill(value);
        ReadOnlyMemory<byte>? content = value is null ? null : value.AsMemory();
        return new ProducerRecord(WorkloadSettings.LatestTopic, Bytes(key), content)
        {
            Partition = 0,
            Headers = new[] { new RecordHeader(NumberHeader, Bytes(number).AsMemory()) },
        };
    }

    /// <summary>Null for a record that no workload has made.</summary>
    public static (long Key, long Number)? Read(in ConsumedRecord record)
    {
        if (record.Key is not { Length: sizeof(long) } key || record.Headers.Count != 1)
        {
            return null;
        }
        var header = record.Headers[0];
        return header.Key == NumberHeader
            && header.Value is { Length: sizeof(long) } number
            ? (Int64(key.Span), Int64(number.Span))
            : null;
    }

    private static long Int64(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64BigEndian(bytes);

    private static byte[] Bytes(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
