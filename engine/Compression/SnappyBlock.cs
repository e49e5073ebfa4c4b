using System;
using System.Buffers.Binary;

namespace Testbed.Compression;

/// <summary>
/// Unpacks one raw snappy block, straight into the output. (IronSnappy packs them; unpacking with it would
/// mean an array for each block and an exception for each bad one.)
/// </summary>
/// <remarks>
/// <code>
/// block:   unpacked size (varint, 32 bits), elements
/// element: tag, its two lowest bits are the kind
///   00  literal: size - 1 in the tag's high six bits, or 60..63: in the next 1..4 bytes; then the bytes
///   01  copy: size - 4 in bits 2-4, offset of 11 bits: bits 5-7 of the tag and the next byte
///   10  copy: size - 1 in bits 2-7, offset in the next two bytes
///   11  copy: size - 1 in bits 2-7, offset in the next four bytes
/// </code>
/// Numbers stand lowest byte first.
/// </remarks>
internal static class SnappyBlock
{
    // The densest element is a copy of 64 bytes in 3. Sizes that cannot be true never become buffers.
    private const int UnpackedBytesPerByteMax = 22;

    public static DecompressStatus Decompress(ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax)
    {
        if (!TryReadSize(ref input, out var size) || size > (long)UnpackedBytesPerByteMax * input.Length)
        {
            return DecompressStatus.Corrupt;
        }
        if (size > lengthMax - output.Length)
        {
            return DecompressStatus.TooLarge;
        }
        var unpacked = output.Reserve((int)size)[..(int)size];
        if (!TryUnpack(input, unpacked))
        {
            return DecompressStatus.Corrupt;
        }
        output.Advance((int)size);
        return DecompressStatus.Ok;
    }

    private static bool TryReadSize(ref ReadOnlySpan<byte> input, out long size)
    {
        size = 0;
        for (var i = 0; i < 5 && i < input.Length; i++)
        {
            size |= (long)(input[i] & 0x7F) << (7 * i);
            if (input[i] < 0x80)
            {
                input = input[(i + 1)..];
                return size <= uint.MaxValue;
            }
        }
        return false;
    }

    private static bool TryUnpack(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var at = 0;
        while (!input.IsEmpty)
        {
            var tag = input[0];
            input = input[1..];
            var isDone = (tag & 3) == 0
                ? TryLiteral(tag >> 2, ref input, output, ref at)
                : TryCopy(tag, ref input, output, ref at);
            if (!isDone)
            {
                return false;
            }
        }
        return at == output.Length;
    }

    private static bool TryLiteral(int sizeLess1, ref ReadOnlySpan<byte> input, Span<byte> output, ref int at)
    {
        if (sizeLess1 >= 60)
        {
            var sizeBytes = sizeLess1 - 59;
            if (!TryReadNumber(ref input, sizeBytes, out var number) || number >= int.MaxValue)
            {
                return false;
            }
            sizeLess1 = (int)number;
        }
        var size = sizeLess1 + 1;
        if (size > input.Length || size > output.Length - at)
        {
            return false;
        }
        input[..size].CopyTo(output[at..]);
        input = input[size..];
        at += size;
        return true;
    }

    private static bool TryCopy(byte tag, ref ReadOnlySpan<byte> input, Span<byte> output, ref int at)
    {
        var kind = tag & 3;
        if (!TryReadNumber(ref input, kind == 3 ? 4 : kind, out var offset))
        {
            return false;
        }
        var size = (tag >> 2) + 1;
        if (kind == 1)
        {
            offset |= (uint)(tag >> 5) << 8;
            size = ((tag >> 2) & 7) + 4;
        }
        if (offset == 0 || offset > at || size > output.Length - at)
        {
            return false;
        }
        CopyWithin(output, at, (int)offset, size);
        at += size;
        return true;
    }

    private static void CopyWithin(Span<byte> output, int at, int offset, int size)
    {
        if (offset >= size)
        {
            output.Slice(at - offset, size).CopyTo(output[at..]);
            return;
        }
        for (var i = at; i < at + size; i++)
        {
            output[i] = output[i - offset];
        }
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> input, int sizeBytes, out uint number)
    {
        number = 0;
        if (input.Length < sizeBytes)
        {
            return false;
        }
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        bytes.Clear();
        input[..sizeBytes].CopyTo(bytes);
        number = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        input = input[sizeBytes..];
        return true;
    }
}
