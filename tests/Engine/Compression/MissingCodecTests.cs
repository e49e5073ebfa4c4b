using System.Collections.Generic;
using System.Linq;
using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

public sealed class MissingCodecTests
{
    [Fact]
    public void Every_codec_is_a_row_installed_or_not()
    {
        CompressionCodec[] packing =
            [CompressionCodec.Gzip, CompressionCodec.Snappy, CompressionCodec.Lz4, CompressionCodec.Zstd];
        Assert.Equal(packing, CodecsOf(AllCodecs.Packing));
        Assert.Equal([CompressionCodec.None, .. packing], CodecsOf(AllCodecs.All));
    }

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    public void A_missing_library_skips_its_tests_but_not_in_CI(bool isInstalled, bool isCi, bool isSkipped)
    {
        var reason = MissingCodec.ReasonToSkip(CompressionCodec.Lz4, isInstalled, isCi);
        Assert.Equal(isSkipped ? "the system library of Lz4 is not installed" : null, reason);
    }

    private static IEnumerable<CompressionCodec> CodecsOf(IEnumerable<object[]> rows) =>
        rows.Select(static row => (CompressionCodec)row[0]);
}
