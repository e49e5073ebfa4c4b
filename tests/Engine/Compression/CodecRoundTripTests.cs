using System;
using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>What goes in comes out, whatever it is and however hard it was squeezed.</summary>
public sealed class CodecRoundTripTests
{
    [CodecTheory]
    [MemberData(nameof(AllCodecs.All), MemberType = typeof(AllCodecs))]
    public void What_is_packed_unpacks_to_the_same_bytes(CompressionCodec codec)
    {
        foreach (var nature in Payloads.Natures)
        {
            foreach (var size in Payloads.Sizes)
            {
                var input = Payloads.Of(nature, size);
                var (status, output) = Packing.Unpack(codec, Packing.Pack(codec, input), size);
                Assert.True(status == DecompressStatus.Ok, $"{codec} {nature} {size}: {status}");
                Assert.True(input.AsSpan().SequenceEqual(output), $"{codec} {nature} {size}");
            }
        }
    }

    [CodecTheory]
    [InlineData(CompressionCodec.Gzip, new[] { -1, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(CompressionCodec.Lz4, new[] { 1, 2, 3, 8, 9, 10, 12, 16, 17 })]
    [InlineData(CompressionCodec.Zstd, new[] { -131_072, -5, -1, 0, 1, 3, 9, 19, 22 })]
    public void Every_level_unpacks_to_the_same_bytes(CompressionCodec codec, int[] levels)
    {
        var input = Payloads.Of("mixed", 20_000);
        foreach (var level in levels)
        {
            Assert.True(CompressionLevels.IsValid(codec, level));
            var (status, output) = Packing.Unpack(codec, Packing.Pack(codec, input, level));
            Assert.Equal(DecompressStatus.Ok, status);
            Assert.Equal(input, output);
        }
    }

    [CodecTheory]
    [MemberData(nameof(AllCodecs.Packing), MemberType = typeof(AllCodecs))]
    public void Equal_input_gives_equal_output_also_after_other_work(CompressionCodec codec)
    {
        var input = Payloads.Of("mixed", 100_000);
        var first = Packing.Pack(codec, input);
        Packing.Pack(codec, Payloads.Of("noise", 70_000));
        Packing.Pack(codec, Payloads.Of("text", 90_000));
        Assert.Equal(first, Packing.Pack(codec, input));
        Assert.True(first.Length < input.Length);
    }

    [CodecFact(CompressionCodec.Lz4)]
    public void Lz4_is_installed() => Assert.NotEmpty(Packing.Pack(CompressionCodec.Lz4, [1]));

    [CodecFact(CompressionCodec.Zstd)]
    public void Zstd_is_installed() => Assert.NotEmpty(Packing.Pack(CompressionCodec.Zstd, [1]));

    [Fact]
    public void Harder_levels_pack_tighter()
    {
        var input = Payloads.Of("text", 100_000);
        var thorough = Packing.Pack(CompressionCodec.Gzip, input, CompressionLevels.GzipMax);
        var quick = Packing.Pack(CompressionCodec.Gzip, input, CompressionLevels.GzipMin);
        Assert.True(thorough.Length < quick.Length);
    }

    [CodecFact(CompressionCodec.Lz4)]
    public void Lz4_level_nine_is_the_fast_compressor_as_in_Kafka()
    {
        var input = Payloads.Of("text", 100_000);
        var fast = Packing.Pack(CompressionCodec.Lz4, input);
        Assert.Equal(fast, Packing.Pack(CompressionCodec.Lz4, input, 9));
        Assert.True(Packing.Pack(CompressionCodec.Lz4, input, 12).Length < fast.Length);
        Assert.True(Packing.Pack(CompressionCodec.Lz4, input, 1).Length < fast.Length);
    }

    [Fact]
    public void Levels_outside_the_settings_of_Kafka_are_not_valid()
    {
        Assert.False(CompressionLevels.IsValid(CompressionCodec.Gzip, 0));
        Assert.False(CompressionLevels.IsValid(CompressionCodec.Gzip, 10));
        Assert.False(CompressionLevels.IsValid(CompressionCodec.Gzip, -2));
        Assert.False(CompressionLevels.IsValid(CompressionCodec.Lz4, 0));
        Assert.False(CompressionLevels.IsValid(CompressionCodec.Lz4, 18));
        Assert.False(CompressionLevels.IsValid(CompressionCodec.Zstd, 23));
        Assert.False(CompressionLevels.IsValid(CompressionCodec.Zstd, -131_073));
        Assert.False(CompressionLevels.IsValid(CompressionCodec.Snappy, 1));
        Assert.False(CompressionLevels.IsValid(CompressionCodec.None, 1));
        Assert.All(
            Enum.GetValues<CompressionCodec>(), codec => Assert.True(CompressionLevels.IsValid(codec, null)));
    }
}
