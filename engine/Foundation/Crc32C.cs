using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Testbed.Foundation;

/// <summary>
/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum of record batches and snapshots. Uses the processor's
/// instruction where there is one. Not the CRC-32 of zip files.
/// </summary>
public static class Crc32C
{
    /// <summary>The checksum of <paramref name="bytes"/>; of "123456789" it is 0xE3069283.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of what <paramref name="crc"/> covers followed by <paramref name="bytes"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var state = ~crc;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            state = BitOperations.Crc32C(state, word);
        }
        foreach (var rest in bytes[(bytes.Length & ~7)..])
        {
            state = BitOperations.Crc32C(state, rest);
        }
        return ~state;
    }
}
