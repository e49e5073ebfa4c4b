using System;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Testbed.Compression;

/// <summary>
/// CRC-32 as in gzip (RFC 1952 section 8, ISO 3309), eight bytes at a time. Record batches use CRC-32C
/// instead.
/// </summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;    // reflected
    private const int SliceCount = 8;

    private static readonly ImmutableArray<uint> Slices =
        ImmutableCollectionsMarshal.AsImmutableArray(NewSlices());

    /// <summary>The checksum of <paramref name="bytes"/>; of "123456789" it is 0xCBF43926.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var state = uint.MaxValue;
        var table = Slices.AsSpan();
        while (bytes.Length >= SliceCount)
        {
            var low = state ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = table[(7 * 256) + (int)(low & 0xFF)] ^ table[(6 * 256) + (int)((low >> 8) & 0xFF)]
                ^ table[(5 * 256) + (int)((low >> 16) & 0xFF)] ^ table[(4 * 256) + (int)(low >> 24)]
                ^ table[(3 * 256) + (int)(high & 0xFF)] ^ table[(2 * 256) + (int)((high >> 8) & 0xFF)]
                ^ table[256 + (int)((high >> 16) & 0xFF)] ^ table[(int)(high >> 24)];
            bytes = bytes[SliceCount..];
        }
        foreach (var value in bytes)
        {
            state = (state >> 8) ^ table[(int)((state ^ value) & 0xFF)];
        }
        return ~state;
    }

    /// <summary>Row n holds what a byte does to the state when n zero bytes follow it.</summary>
    private static uint[] NewSlices()
    {
        var table = new uint[SliceCount * 256];
        for (var value = 0u; value < 256; value++)
        {
            var state = value;
            for (var bit = 0; bit < 8; bit++)
            {
                state = (state & 1) != 0 ? (state >> 1) ^ Polynomial : state >> 1;
            }
            table[value] = state;
        }
        for (var i = 256; i < table.Length; i++)
        {
            table[i] = (table[i - 256] >> 8) ^ table[table[i - 256] & 0xFF];
        }
        return table;
    }
}
