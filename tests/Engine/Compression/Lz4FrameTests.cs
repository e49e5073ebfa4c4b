using System;
using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>The frames that are written, and those that Kafka's reader would not take.</summary>
public sealed class Lz4FrameTests
{
    private static readonly byte[] Magic = [0x04, 0x22, 0x4D, 0x18];

    [CodecFact(CompressionCodec.Lz4)]
    public void What_is_written_has_independent_blocks_of_64_KiB_and_no_checksums()
    {
        var packed = Packing.Pack(CompressionCodec.Lz4, Payloads.Of("text", 200_000));
        Assert.Equal(Magic, packed[..4]);
        Assert.Equal(0x60, packed[4]);    // version 1, independent, nothing else
        Assert.Equal(0x40, packed[5]);    // 64 KiB
        Assert.Equal(0x82, packed[6]);    // the checksum of these two, as Kafka's frames have it
        Assert.Equal([0, 0, 0, 0], packed[^4..]);
    }

    [CodecFact(CompressionCodec.Lz4)]
    public void Frames_that_Kafka_would_not_read_are_corrupt()
    {
        var packed = Packing.Pack(CompressionCodec.Lz4, Payloads.Of("text", 1_000));
        foreach (var flags in new byte[] { 0x40, 0x61, 0x62, 0x20, 0xA0, 0xE0 })
        {
            byte[] altered = [.. packed[..4], flags, .. packed[5..]];
            Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Lz4, altered));
        }
        byte[] skippable = [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 7];
        Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Lz4, skippable));
        byte[] skippableFirst = [.. skippable, .. packed];
        Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Lz4, skippableFirst));
    }

    [CodecFact(CompressionCodec.Lz4)]
    public void A_frame_with_content_size_and_checksums_is_read_and_checked()
    {
        var frame = Convert.FromHexString(
            "04224D18" + "7C40" + "1D00000000000000" + "8E"                    // both checksums, size 29
            + "0F000000" + "6E68656C6C6F2006005068656C6C6F" + "98F6DC6D"       // block, checksum
            + "00000000" + "79B1FFF9");                                        // end, checksum
        var (status, bytes) = Packing.Unpack(CompressionCodec.Lz4, frame);
        Assert.Equal(DecompressStatus.Ok, status);
        Assert.Equal("hello hello hello hello hello"u8.ToArray(), bytes);
        for (var at = 0; at < frame.Length; at++)
        {
            var altered = (byte[])frame.Clone();
            altered[at] ^= 1;
            Assert.True(
                Packing.StatusOf(CompressionCodec.Lz4, altered) == DecompressStatus.Corrupt, $"byte {at}");
        }
    }

    [CodecFact(CompressionCodec.Lz4)]
    public void Incompressible_blocks_are_stored()
    {
        var input = Payloads.Of("noise", 65_536);
        var packed = Packing.Pack(CompressionCodec.Lz4, input);
        Assert.Equal(7 + 4 + 65_536 + 4, packed.Length);
        Assert.Equal(input, Packing.Unpack(CompressionCodec.Lz4, packed).Bytes);
    }
}
