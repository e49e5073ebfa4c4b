using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>A machine without liblz4 and libzstd.</summary>
public sealed class MissingLibraryTests
{
    [Theory]
    [InlineData(CompressionCodec.Lz4)]
    [InlineData(CompressionCodec.Zstd)]
    public void A_codec_without_its_library_is_unavailable(CompressionCodec codec)
    {
        var elsewhere = new LoaderWithoutCodecs();
        Assert.Equal(nameof(CompressStatus.Unavailable), elsewhere.Compress(codec));
        Assert.Equal(nameof(DecompressStatus.Unavailable), elsewhere.Decompress(codec));
    }

    [Theory]
    [InlineData(CompressionCodec.None)]
    [InlineData(CompressionCodec.Gzip)]
    [InlineData(CompressionCodec.Snappy)]
    public void The_other_codecs_need_no_library(CompressionCodec codec)
    {
        var elsewhere = new LoaderWithoutCodecs();
        Assert.Equal(nameof(CompressStatus.Ok), elsewhere.Compress(codec));
        Assert.NotEqual(nameof(DecompressStatus.Unavailable), elsewhere.Decompress(codec));
    }
}
