using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Compression;

/// <summary>
/// zstd frames (RFC 8878) through the system's libzstd, a frame at a time and straight into the output, so
/// that the decoder needs no window of its own.
/// </summary>
/// <remarks>
/// <code>
/// frame:      magic FD2FB528, descriptor(1), [window(1)], ..., blocks, [checksum(4)]
/// descriptor: content size flag(2) single segment(1) unused(1) reserved(1) checksum(1) dictionary flag(2)
/// window:     exponent(5) mantissa(3): 2^(10 + exponent) * (8 + mantissa) / 8; absent in a single segment
/// </code>
/// Numbers stand lowest byte first.
/// </remarks>
internal static unsafe class ZstdCodec
{
    private const uint Magic = 0xFD2FB528;
    private const uint SkippableMagic = 0x184D2A50;    // and the fifteen values behind it
    private const int HeaderBytesMin = 6;
    private const int SingleSegmentBit = 0x20;

    // What a streaming decoder, and so every Java consumer, takes by default (ZSTD_WINDOWLOG_LIMIT_DEFAULT).
    private const long WindowBytesMax = 1L << 27;

    private const int FirstGuessBytesMin = 16 * 1024;
    private const int FirstGuessFactor = 8;
    private const int NextGuessFactor = 4;

    public static DecompressStatus Decompress(ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax)
    {
        DecompressStatus status;
        do
        {
            status = TryTakeFrame(ref input, out var frame)
                ? DecompressFrame(frame, output, lengthMax)
                : DecompressStatus.Corrupt;
        }
        while (status == DecompressStatus.Ok && !input.IsEmpty);
        return status;
    }

    public static void Compress(int level, ReadOnlySpan<byte> input, ByteBuffer output)
    {
        var bound = (int)NativeZstd.CompressBound((nuint)input.Length);
        var room = output.Reserve(bound);
        fixed (byte* source = input)
        fixed (byte* target = room)
        {
            var size = NativeZstd.Compress(target, (nuint)bound, source, (nuint)input.Length, level);
            Invariant.Assert(NativeZstd.IsError(size) == 0);
            output.Advance((int)size);
        }
    }

    private static bool TryTakeFrame(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (input.Length < HeaderBytesMin || !IsFrameForEverybody(input))
        {
            return false;
        }
        nuint size;
        fixed (byte* source = input)
        {
            size = NativeZstd.FrameCompressedSize(source, (nuint)input.Length);
        }
        if (NativeZstd.IsError(size) != 0)
        {
            return false;
        }
        frame = input[..(int)size];
        input = input[(int)size..];
        return true;
    }

    /// <summary>False for frames of zstd's first releases, and for windows that readers refuse.</summary>
    private static bool IsFrameForEverybody(ReadOnlySpan<byte> input)
    {
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(input);
        if (magic != Magic)
        {
            return (magic & ~15u) == SkippableMagic;
        }
        if ((input[4] & SingleSegmentBit) != 0)
        {
            return true;    // the window is the content, which has its own limit
        }
        var window = (1L << (10 + (input[5] >> 3))) * (8 + (input[5] & 7)) / 8;
        return window <= WindowBytesMax;
    }

    private static DecompressStatus DecompressFrame(
        ReadOnlySpan<byte> frame, ByteBuffer output, int lengthMax)
    {
        var allowed = lengthMax - output.Length;
        fixed (byte* source = frame)
        {
            var size = NativeZstd.FrameContentSize(source, (nuint)frame.Length);
            if (size == NativeZstd.ContentSizeError)
            {
                return DecompressStatus.Corrupt;
            }
            if (size != NativeZstd.ContentSizeUnknown)
            {
                return size > (ulong)allowed
                    ? DecompressStatus.TooLarge
                    : Unpack(frame, output, (int)size, (int)size);
            }
        }
        var guess = Math.Max(FirstGuessBytesMin, (long)FirstGuessFactor * frame.Length);
        return Unpack(frame, output, (int)Math.Min(guess, allowed), allowed);
    }

    /// <summary>
    /// Unpacks into room for <paramref name="guess"/> bytes, and again into more while that is too little.
    /// </summary>
    private static DecompressStatus Unpack(
        ReadOnlySpan<byte> frame, ByteBuffer output, int guess, int allowed)
    {
        while (true)
        {
            var room = output.Reserve(guess);
            var capacity = Math.Min(room.Length, allowed);
            nuint size;
            fixed (byte* source = frame)
            fixed (byte* target = room)
            {
                size = NativeZstd.Decompress(target, (nuint)capacity, source, (nuint)frame.Length);
            }
            if (NativeZstd.IsError(size) == 0)
            {
                output.Advance((int)size);
                return DecompressStatus.Ok;
            }
            if (NativeZstd.ErrorCode(size) != NativeZstd.ErrorTargetTooSmall)
            {
                return DecompressStatus.Corrupt;
            }
            if (capacity == allowed)
            {
                return DecompressStatus.TooLarge;
            }
            guess = (int)Math.Min((long)capacity * NextGuessFactor, allowed);
        }
    }
}
