using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>
/// Signed numbers of variable length: zigzag (0, -1, 1, -2, ... become 0, 1, 2, 3, ...), then seven bits a
/// byte, lowest first, the high bit set in all but the last.
/// </summary>
/// <remarks>
/// A number with needless zero groups is read, as Kafka reads it; one with bits beyond its width is not.
/// (Kafka's reader drops such bits, so that other readers would see other numbers.)
/// </remarks>
public static class ZigZagVarint
{
    /// <summary>Returned by the readers: the bytes end within the number.</summary>
    public const int Cut = 0;

    /// <summary>Returned by the readers: the number is wider than 32 or 64 bits.</summary>
    public const int TooWide = -1;

    private const int BitsPerByte = 7;
    private const ulong HighBits = 0x8080808080808080;
    private const int AtOnceMax = 4;    // bytes of a number that is read without a loop

    public static int SizeOf(int value) => SizeOf((ulong)Zigzag(value));

    public static int SizeOf(long value) => SizeOf(Zigzag(value));

    /// <summary>
    /// Writes the number and returns its size, at most <see cref="Limits.VarIntMaxBytes"/>.
    /// </summary>
    public static int Write(Span<byte> bytes, int value) => Write(bytes, (ulong)Zigzag(value));

    /// <summary>
    /// Writes the number and returns its size, at most <see cref="Limits.VarLongMaxBytes"/>.
    /// </summary>
    public static int Write(Span<byte> bytes, long value) => Write(bytes, Zigzag(value));

    /// <summary>
    /// Reads a 32-bit number; returns its size, <see cref="Cut"/> or <see cref="TooWide"/>.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> bytes, out int value)
    {
        var size = ReadGroups(bytes, Limits.VarIntMaxBytes, 0x0F, out var groups);
        value = (int)(uint)(groups >> 1) ^ -(int)(groups & 1);
        return size;
    }

    /// <summary>
    /// Reads a 64-bit number; returns its size, <see cref="Cut"/> or <see cref="TooWide"/>.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> bytes, out long value)
    {
        var size = ReadGroups(bytes, Limits.VarLongMaxBytes, 0x01, out var groups);
        value = (long)(groups >> 1) ^ -(long)(groups & 1);
        return size;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadGroups(ReadOnlySpan<byte> bytes, int sizeMax, byte lastGroupMax, out ulong groups)
    {
        if (bytes.Length >= sizeof(ulong))
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            var size = (BitOperations.TrailingZeroCount(~word & HighBits) >> 3) + 1;
            if (size <= AtOnceMax)
            {
                groups = Joined(word & ((1UL << (8 * size)) - 1));
                return size;
            }
        }
        return ReadOneByOne(bytes, sizeMax, lastGroupMax, out groups);
    }

    /// <summary>The groups of the four lowest bytes, side by side.</summary>
    private static ulong Joined(ulong bytes) =>
        (bytes & 0x7F)
        | ((bytes >> 1) & (0x7F << 7))
        | ((bytes >> 2) & (0x7F << 14))
        | ((bytes >> 3) & (0x7F << 21));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadOneByOne(
        ReadOnlySpan<byte> bytes, int sizeMax, byte lastGroupMax, out ulong groups)
    {
        groups = 0;
        for (var i = 0; i < sizeMax && i < bytes.Length; i++)
        {
            var part = bytes[i];
            if (i == sizeMax - 1 && part > lastGroupMax)
            {
                return TooWide;
            }
            groups |= (ulong)(part & 0x7F) << (BitsPerByte * i);
            if (part < 0x80)
            {
                return i + 1;
            }
        }
        return Cut;
    }

    private static int Write(Span<byte> bytes, ulong groups)
    {
        var size = 0;
        while (groups >= 0x80)
        {
            bytes[size++] = (byte)((groups & 0x7F) | 0x80);
            groups >>= BitsPerByte;
        }
        bytes[size++] = (byte)groups;
        return size;
    }

    private static int SizeOf(ulong groups) =>
        ((63 - BitOperations.LeadingZeroCount(groups | 1)) / BitsPerByte) + 1;

    private static uint Zigzag(int value) => unchecked((uint)((value << 1) ^ (value >> 31)));

    private static ulong Zigzag(long value) => unchecked((ulong)((value << 1) ^ (value >> 63)));
}
