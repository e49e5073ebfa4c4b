using System;
using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>Frames as other writers make them, and those that a Java consumer could not read.</summary>
public sealed class ZstdFrameTests
{
    // "hello " five times less the last space
    private const string Blocks = "6500003068656C6C6F200100A94B1187" + "4E200A";

    private static readonly byte[] Hello = "hello hello hello hello hello"u8.ToArray();

    // Written to a pipe: no content size, a window of 2 MiB, a checksum.
    private static readonly byte[] Streamed = Convert.FromHexString("28B52FFD0458" + Blocks);

    [CodecFact(CompressionCodec.Zstd)]
    public void A_frame_that_does_not_tell_its_size_is_read()
    {
        var (status, bytes) = Packing.Unpack(CompressionCodec.Zstd, Streamed, Hello.Length);
        Assert.Equal(DecompressStatus.Ok, status);
        Assert.Equal(Hello, bytes);
        Assert.Equal(
            DecompressStatus.TooLarge, Packing.StatusOf(CompressionCodec.Zstd, Streamed, Hello.Length - 1));
    }

    [CodecFact(CompressionCodec.Zstd)]
    public void A_window_of_128_MiB_is_read_and_a_larger_one_is_corrupt_as_in_streaming_readers()
    {
        Assert.Equal(Hello, Packing.Unpack(CompressionCodec.Zstd, WithWindow(0x88)).Bytes);
        Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Zstd, WithWindow(0x89)));
        Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Zstd, WithWindow(0x90)));
        Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Zstd, WithWindow(0xFF)));
    }

    [CodecFact(CompressionCodec.Zstd)]
    public void A_wrong_checksum_is_corrupt()
    {
        var altered = (byte[])Streamed.Clone();
        altered[^1] ^= 1;
        Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Zstd, altered));
    }

    [CodecFact(CompressionCodec.Zstd)]
    public void Skippable_frames_are_skipped()
    {
        byte[] skippable = [0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7];
        Assert.Equal(
            Hello, Packing.Unpack(CompressionCodec.Zstd, [.. skippable, .. Streamed, .. skippable]).Bytes);
    }

    [CodecFact(CompressionCodec.Zstd)]
    public void Frames_of_the_first_releases_are_corrupt()
    {
        for (byte release = 0x1E; release <= 0x27; release++)
        {
            byte[] frame = [release, .. Streamed[1..]];
            Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Zstd, frame));
        }
    }

    [CodecFact(CompressionCodec.Zstd)]
    public void A_frame_that_claims_more_than_is_allowed_is_too_large_before_anything_is_reserved()
    {
        // Single segment, content size of eight bytes: 2^40, then an empty last block.
        byte[] claim = [0x28, 0xB5, 0x2F, 0xFD, 0xE0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(DecompressStatus.TooLarge, Packing.StatusOf(CompressionCodec.Zstd, claim, 1 << 24));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static byte[] WithWindow(byte window) => [.. Streamed[..5], window, .. Streamed[6..]];
}
