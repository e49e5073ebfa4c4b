using System;
using Testbed.Compression;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>Packs and unpacks byte arrays through the codecs' door, and lets no buffer leak.</summary>
public static class Packing
{
    public const int Unbounded = int.MaxValue;

    public static byte[] Pack(CompressionCodec codec, ReadOnlySpan<byte> input, int? level = null)
    {
        var pool = NewPool();
        var output = new ByteBuffer(pool);
        Assert.Equal(CompressStatus.Ok, Codecs.Compress(codec, level, input, output));
        var packed = output.Written.ToArray();
        output.Release();
        Assert.Equal(0, pool.OutstandingCount);
        return packed;
    }

    public static (DecompressStatus Status, byte[] Bytes) Unpack(
        CompressionCodec codec, ReadOnlySpan<byte> input, int maxBytes = Unbounded)
    {
        var pool = NewPool();
        var output = new ByteBuffer(pool);
        output.Append("before"u8);
        var status = Codecs.Decompress(codec, input, output, maxBytes);
        Assert.Equal("before"u8, output.Written[..6]);
        var unpacked = output.Written[6..].ToArray();
        Assert.True(status == DecompressStatus.Ok || unpacked.Length == 0, "a failure leaves nothing behind");
        output.Release();
        Assert.Equal(0, pool.OutstandingCount);
        return (status, unpacked);
    }

    public static DecompressStatus StatusOf(
        CompressionCodec codec, ReadOnlySpan<byte> input, int maxBytes = Unbounded) =>
        Unpack(codec, input, maxBytes).Status;

    public static BufferPool NewPool() => new(retainedBytesMax: 0, poison: true);
}
