using System;
using System.Buffers.Binary;
using Testbed.Foundation;
using Testbed.Models.Histories;

namespace Testbed.Sim.Workloads;

/// <summary>
/// Values that tell who sent them.
///
///     producer int64 | sequence int64 | random bytes
/// </summary>
internal static class WorkloadValue
{
    private const int HeaderBytes = 16;

    public static byte[] Make(long producer, long sequence, int randomBytes, Prng random)
    {
        var value = new byte[HeaderBytes + randomBytes];
        BinaryPrimitives.WriteInt64BigEndian(value, producer);
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(8), sequence);
        random.Fill(value.AsSpan(HeaderBytes));
        return value;
    }

    /// <summary>Null for a value that this workload did not make.</summary>
    public static RecordIdentity? TryRead(ReadOnlySpan<byte> value)
    {
        if (value.Length < HeaderBytes)
        {
            return null;
        }
        var content = Crc32C.Of(value) | (ulong)value.Length << 32;
        return new RecordIdentity(
            BinaryPrimitives.ReadInt64BigEndian(value),
            BinaryPrimitives.ReadInt64BigEndian(value[8..]),
            content);
    }
}
