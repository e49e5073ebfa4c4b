using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>
/// Our inflater against the framework's, and the parts of a member that the framework does not write.
/// </summary>
public sealed class GzipStreamTests
{
    private const int HeaderBytes = 10;

    [Fact]
    public void Every_block_kind_that_the_framework_writes_is_read()
    {
        foreach (var strategy in Enum.GetValues<ZLibCompressionStrategy>())
        {
            for (var level = 0; level <= 9; level++)
            {
                foreach (var nature in Payloads.Natures)
                {
                    var input = Payloads.Of(nature, 10_000);
                    var packed = FrameworkPack(input, level, strategy);
                    var (status, output) = Packing.Unpack(CompressionCodec.Gzip, packed);
                    Assert.True(status == DecompressStatus.Ok, $"{strategy} {level} {nature}: {status}");
                    Assert.Equal(input, output);
                }
            }
        }
    }

    [Fact]
    public void The_framework_reads_what_is_packed_here()
    {
        foreach (var size in Payloads.Sizes)
        {
            var input = Payloads.Of("mixed", size);
            Assert.Equal(input, FrameworkUnpack(Packing.Pack(CompressionCodec.Gzip, input)));
        }
    }

    [Fact]
    public void What_is_accepted_of_altered_streams_is_what_the_framework_makes_of_them()
    {
        const int Seed = 41;
        var random = new Random(Seed);
        var originals = Payloads.Natures.Select(
            nature => Packing.Pack(CompressionCodec.Gzip, Payloads.Of(nature, 500)));
        var pool = originals.ToArray();
        var acceptedCount = 0;
        for (var round = 0; round < 8_000; round++)
        {
            var altered = Mutations.Of(pool[random.Next(pool.Length)], random);
            var (status, output) = Packing.Unpack(CompressionCodec.Gzip, altered, 1 << 20);
            if (status == DecompressStatus.Ok)
            {
                acceptedCount++;
                Assert.True(
                    output.AsSpan().SequenceEqual(FrameworkUnpack(altered)), $"seed {Seed} round {round}");
            }
        }
        Assert.InRange(acceptedCount, 100, 7_900);    // time, system and the like may be anything
    }

    [Fact]
    public void Optional_header_parts_are_passed_over()
    {
        var packed = Packing.Pack(CompressionCodec.Gzip, "hello"u8);
        byte[] extra = [3, 0, 9, 9, 9];
        byte[] name = [(byte)'a', 0];
        byte[] comment = [(byte)'b', (byte)'c', 0];
        byte[] header = [.. packed[..3], 0x1C, .. packed[4..HeaderBytes], .. extra, .. name, .. comment];
        byte[] whole = [.. header, .. packed[HeaderBytes..]];
        Assert.Equal("hello"u8.ToArray(), Packing.Unpack(CompressionCodec.Gzip, whole).Bytes);
        for (var length = 0; length < header.Length; length++)
        {
            Assert.Equal(
                DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Gzip, header.AsSpan(0, length)));
        }
    }

    [Fact]
    public void A_header_checksum_is_checked()
    {
        var packed = Packing.Pack(CompressionCodec.Gzip, "hello"u8);
        byte[] header = [.. packed[..3], 0x02, .. packed[4..HeaderBytes]];
        var accepted = 0;
        for (var crc = 0; crc <= ushort.MaxValue; crc++)
        {
            byte[] whole = [.. header, (byte)(crc & 0xFF), (byte)(crc >> 8), .. packed[HeaderBytes..]];
            accepted += Packing.StatusOf(CompressionCodec.Gzip, whole) == DecompressStatus.Ok ? 1 : 0;
        }
        Assert.Equal(1, accepted);
    }

    [Fact]
    public void A_wrong_checksum_or_size_behind_the_data_is_corrupt()
    {
        var packed = Packing.Pack(CompressionCodec.Gzip, Payloads.Of("text", 1_000));
        for (var i = 1; i <= 8; i++)
        {
            var altered = (byte[])packed.Clone();
            altered[^i] ^= 0x40;
            Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Gzip, altered));
        }
    }

    [Fact]
    public void A_member_does_not_see_the_bytes_of_the_one_before_it()
    {
        // A fixed block: a match of three bytes at distance one, with nothing behind it.
        byte[] reachingBack =
            [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 0x03, 0x02, 0x00, 0, 0, 0, 0, 3, 0, 0, 0];
        byte[] both = [.. Packing.Pack(CompressionCodec.Gzip, "aaaa"u8), .. reachingBack];
        Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Gzip, both));
    }

    private static byte[] FrameworkPack(byte[] input, int level, ZLibCompressionStrategy strategy)
    {
        var packed = new MemoryStream();
        var options = new ZLibCompressionOptions { CompressionLevel = level, CompressionStrategy = strategy };
        using (var gzip = new GZipStream(packed, options, leaveOpen: true))
        {
            gzip.Write(input);
        }
        return packed.ToArray();
    }

    private static byte[] FrameworkUnpack(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var output = new MemoryStream();
        gzip.CopyTo(output);
        return output.ToArray();
    }
}
