using System;
using System.Buffers.Binary;
using System.Linq;
using IronSnappy;
using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>Raw blocks, xerial's framing, and blocks made by hand.</summary>
public sealed class SnappyStreamTests
{
    private static readonly byte[] XerialHeader = [0x82, .. "SNAPPY"u8, 0, 0, 0, 0, 1, 0, 0, 0, 1];

    [Fact]
    public void Raw_blocks_without_framing_are_read()
    {
        foreach (var nature in Payloads.Natures)
        {
            foreach (var size in Payloads.Sizes)
            {
                var input = Payloads.Of(nature, size);
                var (status, output) = Packing.Unpack(CompressionCodec.Snappy, Snappy.Encode(input));
                Assert.Equal(DecompressStatus.Ok, status);
                Assert.Equal(input, output);
            }
        }
    }

    [Fact]
    public void What_is_written_is_framed_in_blocks_of_32_KiB()
    {
        var packed = Packing.Pack(CompressionCodec.Snappy, Payloads.Of("noise", 70_000));
        Assert.Equal(XerialHeader, packed[..16]);
        var sizes = 0;
        for (var at = 16; at < packed.Length;)
        {
            var block = packed.AsSpan(at + 4, BinaryPrimitives.ReadInt32BigEndian(packed.AsSpan(at)));
            at += 4 + block.Length;
            sizes += Snappy.Decode(block).Length;
            Assert.True(sizes is 32_768 or 65_536 or 70_000);
        }
        Assert.Equal(70_000, sizes);
    }

    [Theory]
    [InlineData("0400" + "41" + "2E0100", "wrong size")]
    [InlineData("05" + "0041" + "0101", "AAAAA")]                              // copy of 4, offset 1
    [InlineData("07" + "0041" + "160100", "AAAAAAA")]                          // copy of 6, two-byte offset
    [InlineData("07" + "0041" + "1701000000", "AAAAAAA")]                      // copy of 6, four-byte offset
    [InlineData("07" + "044142" + "120200", "ABABABA")]                        // overlapping copy
    [InlineData("03" + "F002414243", "ABC")]                                   // literal, one size byte
    [InlineData("03" + "F40200414243", "ABC")]                                 // literal, two
    [InlineData("03" + "F8020000414243", "ABC")]                               // literal, three
    [InlineData("03" + "FC02000000414243", "ABC")]                             // literal, four
    [InlineData("03" + "FCFFFFFFFF414243", "wrong size")]
    [InlineData("05" + "0041" + "0102", "wrong size")]                         // offset beyond the beginning
    [InlineData("05" + "0041" + "0100", "wrong size")]                         // offset 0
    [InlineData("06" + "0041" + "0101", "wrong size")]                         // too little
    [InlineData("04" + "0041" + "0101", "wrong size")]                         // too much
    [InlineData("808080808001" + "0041", "wrong size")]
    public void Blocks_made_by_hand_unpack_to_what_the_format_says(string hex, string expected)
    {
        var (status, bytes) = Packing.Unpack(CompressionCodec.Snappy, Convert.FromHexString(hex));
        if (expected == "wrong size")
        {
            Assert.Equal(DecompressStatus.Corrupt, status);
            return;
        }
        Assert.Equal(DecompressStatus.Ok, status);
        Assert.Equal(expected, string.Concat(bytes.Select(value => (char)value)));
    }

    [Fact]
    public void Altered_blocks_unpack_as_the_package_that_packed_them_says()
    {
        const int Seed = 99;
        var random = new Random(Seed);
        var originals = Payloads.Natures.Select(nature => Snappy.Encode(Payloads.Of(nature, 400))).ToArray();
        var acceptedCount = 0;
        for (var round = 0; round < 10_000; round++)
        {
            var altered = Mutations.Of(originals[random.Next(originals.Length)], random);
            var (status, output) = Packing.Unpack(CompressionCodec.Snappy, altered, 100_000);
            if (status == DecompressStatus.Ok)
            {
                acceptedCount++;
                Assert.True(
                    output.AsSpan().SequenceEqual(Snappy.Decode(altered)), $"seed {Seed} round {round}");
            }
        }
        Assert.InRange(acceptedCount, 100, 9_900);
    }

    [Fact]
    public void A_framed_block_of_no_bytes_or_of_a_negative_size_is_corrupt()
    {
        foreach (var size in new[] { 0, -1, int.MinValue, 100 })
        {
            byte[] stream = [.. XerialHeader, 0, 0, 0, 0, 0x00];
            BinaryPrimitives.WriteInt32BigEndian(stream.AsSpan(16), size);
            Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Snappy, stream));
        }
    }

    [Fact]
    public void A_framing_of_version_0_is_corrupt()
    {
        var packed = Packing.Pack(CompressionCodec.Snappy, "abc"u8);
        packed[11] = 0;
        Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Snappy, packed));
    }
}
