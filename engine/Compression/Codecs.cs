using System;
using Testbed.Foundation;

namespace Testbed.Compression;

/// <summary>
/// The codecs of record batches. Pure functions from bytes to bytes: equal input gives equal output with the
/// same build and the same system libraries. Bad input ends as a status, never as an exception.
/// </summary>
public static class Codecs
{
    /// <summary>False when the codec's system library is not installed.</summary>
    public static bool IsAvailable(CompressionCodec codec) => codec switch
    {
        CompressionCodec.Lz4 => NativeLibraries.HasLz4,
        CompressionCodec.Zstd => NativeLibraries.HasZstd,
        _ => true,
    };

    /// <summary>
    /// Unpacks the whole of <paramref name="input"/> and appends it to <paramref name="output"/>: at most
    /// <paramref name="maxBytes"/> bytes. The output is as it was unless the status is Ok.
    /// </summary>
    /// <remarks>
    /// Streams that follow one another are accepted where Kafka's readers deliver them all: gzip members,
    /// xerial snappy streams and zstd frames, but only a single lz4 frame.
    /// </remarks>
    public static DecompressStatus Decompress(
        CompressionCodec codec, ReadOnlySpan<byte> input, ByteBuffer output, int maxBytes)
    {
        Invariant.Assert(maxBytes >= 0);
        var start = output.Length;
        var lengthMax = (int)Math.Min((long)start + maxBytes, Array.MaxLength / 2);
        var status = IsAvailable(codec)
            ? Unpack(codec, input, output, lengthMax)
            : DecompressStatus.Unavailable;
        if (status != DecompressStatus.Ok)
        {
            output.Truncate(start);
        }
        Invariant.Assert(output.Length - start <= maxBytes);
        return status;
    }

    /// <summary>
    /// Packs <paramref name="input"/> and appends it to <paramref name="output"/>. A null level is the
    /// codec's default; others must be valid by <see cref="CompressionLevels.IsValid"/>.
    /// </summary>
    public static CompressStatus Compress(
        CompressionCodec codec, int? level, ReadOnlySpan<byte> input, ByteBuffer output)
    {
        if (!IsAvailable(codec))
        {
            return CompressStatus.Unavailable;
        }
        Pack(codec, level, input, output);
        return CompressStatus.Ok;
    }

    private static DecompressStatus Unpack(
        CompressionCodec codec, ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax) => codec switch
    {
        CompressionCodec.None => Copy(input, output, lengthMax),
        CompressionCodec.Gzip => GzipCodec.Decompress(input, output, lengthMax),
        CompressionCodec.Snappy => SnappyCodec.Decompress(input, output, lengthMax),
        CompressionCodec.Lz4 => Lz4Codec.Decompress(input, output, lengthMax),
        CompressionCodec.Zstd => ZstdCodec.Decompress(input, output, lengthMax),
        _ => throw new InvariantException($"codec {(int)codec} does not exist"),
    };

    private static void Pack(CompressionCodec codec, int? level, ReadOnlySpan<byte> input, ByteBuffer output)
    {
        switch (codec)
        {
            case CompressionCodec.None:
                output.Append(input);
                break;
            case CompressionCodec.Gzip:
                GzipCodec.Compress(CompressionLevels.Effective(codec, level), input, output);
                break;
            case CompressionCodec.Snappy:
                SnappyCodec.Compress(input, output);
                break;
            case CompressionCodec.Lz4:
                Lz4Codec.Compress(CompressionLevels.Effective(codec, level), input, output);
                break;
            case CompressionCodec.Zstd:
                ZstdCodec.Compress(CompressionLevels.Effective(codec, level), input, output);
                break;
            default:
                throw new InvariantException($"codec {(int)codec} does not exist");
        }
    }

    private static DecompressStatus Copy(ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax)
    {
        if (input.Length > lengthMax - output.Length)
        {
            return DecompressStatus.TooLarge;
        }
        output.Append(input);
        return DecompressStatus.Ok;
    }
}
