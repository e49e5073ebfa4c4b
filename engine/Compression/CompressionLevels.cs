using Testbed.Foundation;

namespace Testbed.Compression;

/// <summary>
/// Levels of the codecs as the settings compression.gzip.level, compression.lz4.level and
/// compression.zstd.level have them (KIP-390). Codecs without a level (none, snappy) take none.
/// </summary>
public static class CompressionLevels
{
    /// <summary>gzip's own word for "whatever zlib thinks best".</summary>
    public const int GzipDefault = -1;

    /// <summary>
    /// Kafka's default for lz4. It selects the fast compressor; every other level selects the thorough one.
    /// </summary>
    public const int Lz4Default = 9;

    public const int ZstdDefault = 3;

    public const int GzipMin = 1;
    public const int GzipMax = 9;
    public const int Lz4Min = 1;
    public const int Lz4Max = 17;
    public const int ZstdMin = -131_072;
    public const int ZstdMax = 22;

    /// <summary>Whether a level may be set for the codec; null, the codec's default, always may.</summary>
    public static bool IsValid(CompressionCodec codec, int? level) => level is not { } value || codec switch
    {
        CompressionCodec.Gzip => value is GzipDefault or (>= GzipMin and <= GzipMax),
        CompressionCodec.Lz4 => value is >= Lz4Min and <= Lz4Max,
        CompressionCodec.Zstd => value is >= ZstdMin and <= ZstdMax,
        _ => false,
    };

    /// <summary>The level to compress with: the one that is set, or the codec's default.</summary>
    internal static int Effective(CompressionCodec codec, int? level)
    {
        Invariant.Assert(IsValid(codec, level));
        return level ?? codec switch
        {
            CompressionCodec.Gzip => GzipDefault,
            CompressionCodec.Lz4 => Lz4Default,
            _ => ZstdDefault,
        };
    }
}
