using System;
using System.Buffers.Binary;

namespace Testbed.Client;

/// <summary>
/// The hash by which Kafka's clients spread keys over partitions: MurmurHash2 (Austin Appleby) with Kafka's
/// seed. All clients must agree on it, or records of one key end up in several partitions.
/// </summary>
public static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;
    private const int Shift = 24;

    /// <summary>The hash of "21" is -973932308.</summary>
    public static int Hash(ReadOnlySpan<byte> bytes)
    {
        unchecked
        {
            var hash = Seed ^ (uint)bytes.Length;
            for (; bytes.Length >= sizeof(uint); bytes = bytes[sizeof(uint)..])
            {
                var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes) * Multiplier;
                word = (word ^ (word >> Shift)) * Multiplier;
                hash = (hash * Multiplier) ^ word;
            }
            if (bytes.Length > 0)
            {
                for (var i = bytes.Length - 1; i >= 0; i--)
                {
                    hash ^= (uint)bytes[i] << (8 * i);
                }
                hash *= Multiplier;
            }
            hash = (hash ^ (hash >> 13)) * Multiplier;
            return (int)(hash ^ (hash >> 15));
        }
    }

    /// <summary>
    /// The partition of a key among <paramref name="partitionCount"/>, as Kafka's default partitioner has it.
    /// </summary>
    public static int PartitionOf(ReadOnlySpan<byte> key, int partitionCount) =>
        (Hash(key) & int.MaxValue) % partitionCount;
}
