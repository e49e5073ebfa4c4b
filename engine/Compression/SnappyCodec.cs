using System;
using System.Buffers.Binary;
using IronSnappy;

namespace Testbed.Compression;

/// <summary>
/// snappy as Kafka's clients write it: blocks of 32 KiB in the framing of xerial's snappy-java. Some clients
/// write one raw block instead; both are read.
/// </summary>
/// <remarks>
/// <code>
/// stream: 82 'S' 'N' 'A' 'P' 'P' 'Y' 00, version (int32) 1, oldest reader's version (int32) 1,
///         { size of block (int32), raw snappy block }; numbers highest byte first
/// </code>
/// Where a size should stand another stream may begin: sizes are positive, the magic is not.
/// </remarks>
internal static class SnappyCodec
{
    private const int BlockBytes = 32 * 1024;
    private const int HeaderBytes = 16;
    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => [0x82, 0x53, 0x4E, 0x41, 0x50, 0x50, 0x59, 0x00];

    public static DecompressStatus Decompress(ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax)
    {
        if (!input.StartsWith(Magic))
        {
            return SnappyBlock.Decompress(input, output, lengthMax);
        }
        while (!input.IsEmpty)
        {
            if (TrySkipHeader(ref input))
            {
                continue;
            }
            if (!TryTakeBlock(ref input, out var block))
            {
                return DecompressStatus.Corrupt;
            }
            var status = SnappyBlock.Decompress(block, output, lengthMax);
            if (status != DecompressStatus.Ok)
            {
                return status;
            }
        }
        return DecompressStatus.Ok;
    }

    public static void Compress(ReadOnlySpan<byte> input, ByteBuffer output)
    {
        output.Append(Magic);
        AppendInt32(output, Version);
        AppendInt32(output, Version);
        while (!input.IsEmpty)
        {
            var size = Math.Min(input.Length, BlockBytes);
            var block = Snappy.Encode(input[..size]);
            AppendInt32(output, block.Length);
            output.Append(block);
            input = input[size..];
        }
    }

    private static bool TrySkipHeader(ref ReadOnlySpan<byte> input)
    {
        if (input.Length < HeaderBytes || !input.StartsWith(Magic)
            || BinaryPrimitives.ReadInt32BigEndian(input[Magic.Length..]) < Version)
        {
            return false;
        }
        input = input[HeaderBytes..];
        return true;
    }

    private static bool TryTakeBlock(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> block)
    {
        block = default;
        if (input.Length < sizeof(int))
        {
            return false;
        }
        var size = BinaryPrimitives.ReadInt32BigEndian(input);
        input = input[sizeof(int)..];
        if (size <= 0 || size > input.Length)
        {
            return false;
        }
        block = input[..size];
        input = input[size..];
        return true;
    }

    private static void AppendInt32(ByteBuffer output, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(output.Reserve(sizeof(int)), value);
        output.Advance(sizeof(int));
    }
}
