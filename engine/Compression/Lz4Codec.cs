using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Compression;

/// <summary>
/// lz4 frames through the system's liblz4: 64 KiB blocks that do not depend on one another, as Kafka's
/// clients write them and demand them.
/// </summary>
/// <remarks>
/// <code>
/// frame: magic 04 22 4D 18, FLG(1) BD(1) [content size(8)] HC(1),
///        { block size(4) block [checksum(4)] }, 00000000, [checksum(4)]
/// FLG:   bits 7-6 version 01, 5 independent blocks, 4 block checksums, 3 content size, 2 content checksum,
///        1 always 0, 0 dictionary
/// </code>
/// </remarks>
internal static unsafe class Lz4Codec
{
    private const uint Magic = 0x184D2204;
    private const int HeaderBytesMin = 7;
    private const byte FlagsFixed = 0b1110_0011;       // the flags on which Kafka's reader insists ...
    private const byte FlagsDemanded = 0b0110_0000;    // ... and their values
    private const int ThoroughLevelMin = 3;            // of liblz4; below it takes the fast compressor
    private const int ChunkBytes = 64 * 1024;

    public static DecompressStatus Decompress(ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax)
    {
        if (input.Length < HeaderBytesMin || BinaryPrimitives.ReadUInt32LittleEndian(input) != Magic
            || (input[4] & FlagsFixed) != FlagsDemanded)
        {
            return DecompressStatus.Corrupt;
        }
        var code = NativeLz4.CreateDecompressionContext(out var context, NativeLz4.ApiVersion);
        Invariant.Assert(NativeLz4.IsError(code) == 0);
        try
        {
            return DecompressFrame(context, input, output, lengthMax);
        }
        finally
        {
            _ = NativeLz4.FreeDecompressionContext(context);
        }
    }

    public static void Compress(int level, ReadOnlySpan<byte> input, ByteBuffer output)
    {
        var preferences = new Lz4Preferences
        {
            BlockSizeId = Lz4Preferences.Block64KiB,
            BlockMode = Lz4Preferences.BlocksIndependent,
            CompressionLevel = level == CompressionLevels.Lz4Default ? 0 : Math.Max(level, ThoroughLevelMin),
        };
        var bound = (int)NativeLz4.CompressFrameBound((nuint)input.Length, preferences);
        var room = output.Reserve(bound);
        fixed (byte* source = input)
        fixed (byte* target = room)
        {
            var size = NativeLz4.CompressFrame(
                target, (nuint)bound, source, (nuint)input.Length, preferences);
            Invariant.Assert(NativeLz4.IsError(size) == 0);
            output.Advance((int)size);
        }
    }

    private static DecompressStatus DecompressFrame(
        nint context, ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax)
    {
        while (true)
        {
            // One byte more than is allowed, so that "full" and "too large" are told apart.
            var room = output.Reserve((int)Math.Min(ChunkBytes, lengthMax + 1L - output.Length));
            if (!TryStep(context, ref input, room, out var unpacked, out var isComplete))
            {
                return DecompressStatus.Corrupt;
            }
            output.Advance(unpacked);
            if (output.Length > lengthMax)
            {
                return DecompressStatus.TooLarge;
            }
            if (isComplete)
            {
                return input.IsEmpty ? DecompressStatus.Ok : DecompressStatus.Corrupt;
            }
            if (input.IsEmpty && unpacked < room.Length)
            {
                return DecompressStatus.Corrupt;    // nothing more to give and nothing held back: cut short
            }
        }
    }

    private static bool TryStep(
        nint context, ref ReadOnlySpan<byte> input, Span<byte> room, out int unpacked, out bool isComplete)
    {
        var targetSize = (nuint)room.Length;
        var sourceSize = (nuint)input.Length;
        nuint hint;
        fixed (byte* target = room)
        fixed (byte* source = input)
        {
            hint = NativeLz4.Decompress(context, target, ref targetSize, source, ref sourceSize, null);
        }
        input = input[(int)sourceSize..];
        unpacked = (int)targetSize;
        isComplete = hint == 0;
        return NativeLz4.IsError(hint) == 0;
    }
}
