using System;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Testbed.Foundation;

/// <summary>
/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum of record batches and snapshots. Uses the
/// processor's instruction where there is one. Not the CRC-32 of zip files.
/// </summary>
/// <remarks>
/// The instruction takes three cycles and a new one can start in each, so long inputs run as three lanes
/// side by side. A checksum is linear: the state after lane A followed by lane B is the state of A moved
/// over as many zero bytes as B has, xor the state of B begun at zero. Moving a state over a fixed number of
/// zero bytes is a table.
/// </remarks>
public static class Crc32C
{
    private const int LongLaneBytes = 1024;
    private const int ShortLaneBytes = 128;
    private const int LaneCount = 3;

    private static readonly ImmutableArray<uint> OverLongLane = TableOverZeros(LongLaneBytes);
    private static readonly ImmutableArray<uint> OverShortLane = TableOverZeros(ShortLaneBytes);

    /// <summary>The checksum of <paramref name="bytes"/>; of "123456789" it is 0xE3069283.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>
    /// The checksum of what <paramref name="crc"/> covers followed by <paramref name="bytes"/>.
    /// </summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var state = ~crc;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        state = ThreeLanes(state, ref words, LongLaneBytes / sizeof(ulong), OverLongLane.AsSpan());
        state = ThreeLanes(state, ref words, ShortLaneBytes / sizeof(ulong), OverShortLane.AsSpan());
        foreach (var word in words)
        {
            state = BitOperations.Crc32C(state, word);
        }
        foreach (var rest in bytes[(bytes.Length & ~7)..])
        {
            state = BitOperations.Crc32C(state, rest);
        }
        return ~state;
    }

    /// <summary>
    /// Takes as many strides of three lanes as there are off the front of <paramref name="words"/>.
    /// </summary>
    private static uint ThreeLanes(
        uint state, ref ReadOnlySpan<ulong> words, int laneWords, ReadOnlySpan<uint> overLane)
    {
        while (words.Length >= LaneCount * laneWords)
        {
            var first = words[..laneWords];
            var second = words.Slice(laneWords, first.Length);
            var third = words.Slice(2 * laneWords, first.Length);
            uint a = state, b = 0, c = 0;
            for (var i = 0; i < first.Length; i++)
            {
                a = BitOperations.Crc32C(a, first[i]);
                b = BitOperations.Crc32C(b, second[i]);
                c = BitOperations.Crc32C(c, third[i]);
            }
            state = Moved(Moved(a, overLane) ^ b, overLane) ^ c;
            words = words[(LaneCount * laneWords)..];
        }
        return state;
    }

    private static uint Moved(uint state, ReadOnlySpan<uint> table) =>
        table[(int)(state & 0xFF)] ^ table[(int)(256 + ((state >> 8) & 0xFF))]
        ^ table[(int)(512 + ((state >> 16) & 0xFF))] ^ table[(int)(768 + (state >> 24))];

    /// <summary>
    /// For each of the four bytes of a state, what its 256 values become over that many zero bytes.
    /// </summary>
    private static ImmutableArray<uint> TableOverZeros(int zeroBytes)
    {
        var table = new uint[4 * 256];
        for (var bit = 0; bit < 32; bit++)
        {
            var moved = 1u << bit;
            for (var i = 0; i < zeroBytes / sizeof(ulong); i++)
            {
                moved = BitOperations.Crc32C(moved, 0UL);
            }
            AddBit(table.AsSpan(bit / 8 * 256, 256), 1 << (bit % 8), moved);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(table);
    }

    private static void AddBit(Span<uint> table, int bit, uint moved)
    {
        for (var value = 0; value < table.Length; value++)
        {
            if ((value & bit) != 0)
            {
                table[value] ^= moved;
            }
        }
    }
}
