using System;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Testbed.Compression;

/// <summary>gzip (RFC 1952): packed by the framework, unpacked by <see cref="Inflater"/>.</summary>
/// <remarks>
/// <code>
/// member: 1F 8B 08 flags(1) time(4) extra-flags(1) system(1)
///         [bit 2: size(2) extra] [bit 3: name 00] [bit 4: comment 00] [bit 1: crc16 of the header]
///         deflate stream, crc32(4), size modulo 2^32 (4); numbers lowest byte first
/// </code>
/// A stream is one or more members and nothing else.
/// </remarks>
internal static class GzipCodec
{
    private const int HeaderBytes = 10;
    private const int TrailerBytes = 8;
    private const byte FlagHeaderCrc = 2;
    private const byte FlagExtra = 4;
    private const byte FlagName = 8;
    private const byte FlagComment = 16;
    private const byte FlagsReserved = 0xE0;

    /// <summary>A fixed block that ends at once; the system is "unknown".</summary>
    private static ReadOnlySpan<byte> EmptyMember =>
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 0x03, 0x00, 0, 0, 0, 0, 0, 0, 0, 0];

    public static DecompressStatus Decompress(ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax)
    {
        Span<ushort> scratch = stackalloc ushort[Inflater.ScratchSize];
        DecompressStatus status;
        do
        {
            status = DecompressMember(input, output, lengthMax, scratch, out var usedBytes);
            input = input[usedBytes..];
        }
        while (status == DecompressStatus.Ok && !input.IsEmpty);
        return status;
    }

    public static void Compress(int level, ReadOnlySpan<byte> input, ByteBuffer output)
    {
        if (input.IsEmpty)
        {
            output.Append(EmptyMember);    // the framework writes nothing at all for no input
            return;
        }
        using var gzip = new GZipStream(
            new ByteBufferStream(output), new ZLibCompressionOptions { CompressionLevel = level });
        gzip.Write(input);
    }

    private static DecompressStatus DecompressMember(
        ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax, Span<ushort> scratch, out int usedBytes)
    {
        usedBytes = 0;
        if (!TryMeasureHeader(input, out var headerBytes))
        {
            return DecompressStatus.Corrupt;
        }
        var start = output.Length;
        var inflater = new Inflater(input[headerBytes..], output, lengthMax, scratch);
        var status = inflater.Run();
        if (status != DecompressStatus.Ok)
        {
            return status;
        }
        var trailer = inflater.Rest;
        var unpacked = output.Written[start..];
        if (trailer.Length < TrailerBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != Crc32.Of(unpacked)
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != (uint)unpacked.Length)
        {
            return DecompressStatus.Corrupt;
        }
        usedBytes = input.Length - trailer.Length + TrailerBytes;
        return DecompressStatus.Ok;
    }

    private static bool TryMeasureHeader(ReadOnlySpan<byte> input, out int sizeBytes)
    {
        sizeBytes = HeaderBytes;
        if (input.Length < HeaderBytes || input[0] != 0x1F || input[1] != 0x8B || input[2] != 8
            || (input[3] & FlagsReserved) != 0)
        {
            return false;
        }
        var flags = input[3];
        return ((flags & FlagExtra) == 0 || TrySkipExtra(input, ref sizeBytes))
            && ((flags & FlagName) == 0 || TrySkipText(input, ref sizeBytes))
            && ((flags & FlagComment) == 0 || TrySkipText(input, ref sizeBytes))
            && ((flags & FlagHeaderCrc) == 0 || TrySkipCrc(input, ref sizeBytes));
    }

    private static bool TrySkipExtra(ReadOnlySpan<byte> input, ref int at)
    {
        if (input.Length - at < sizeof(ushort))
        {
            return false;
        }
        at += sizeof(ushort) + BinaryPrimitives.ReadUInt16LittleEndian(input[at..]);
        return at <= input.Length;
    }

    private static bool TrySkipText(ReadOnlySpan<byte> input, ref int at)
    {
        var length = input[at..].IndexOf((byte)0);
        at += length + 1;
        return length >= 0;
    }

    private static bool TrySkipCrc(ReadOnlySpan<byte> input, ref int at)
    {
        if (input.Length - at < sizeof(ushort))
        {
            return false;
        }
        var isRight =
            BinaryPrimitives.ReadUInt16LittleEndian(input[at..]) == (Crc32.Of(input[..at]) & 0xFFFF);
        at += sizeof(ushort);
        return isRight;
    }
}
