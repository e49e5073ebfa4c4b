using System;
using Testbed.Compression;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>Few bytes that unpack to many stop at the limit, and so does what they take.</summary>
public sealed class CodecBombTests
{
    private const int BombBytes = 32 * 1024 * 1024;

    [CodecTheory]
    [MemberData(nameof(AllCodecs.Packing), MemberType = typeof(AllCodecs))]
    public void A_bomb_ends_as_too_large_and_takes_little_more_than_the_limit(CompressionCodec codec)
    {
        const int MaxBytes = 1024 * 1024;
        var bomb = Packing.Pack(codec, new byte[BombBytes]);
        var output = new ByteBuffer(new BufferPool(retainedBytesMax: 0, poison: false));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var status = Codecs.Decompress(codec, bomb, output, MaxBytes);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(DecompressStatus.TooLarge, status);
        Assert.Equal(0, output.Length);
        Assert.InRange(allocated, 0, 4 * MaxBytes + 100_000);    // each doubling of the buffer counts here
        output.Release();
    }

    [CodecTheory]
    [MemberData(nameof(AllCodecs.All), MemberType = typeof(AllCodecs))]
    public void The_limit_itself_is_allowed_and_a_byte_less_is_not(CompressionCodec codec)
    {
        foreach (var size in new[] { 1, 2, 255, 256, 257, 65_536, 65_537, 200_000 })
        {
            foreach (var nature in Payloads.Natures)
            {
                var input = Payloads.Of(nature, size);
                var packed = Packing.Pack(codec, input);
                Assert.Equal(DecompressStatus.Ok, Packing.StatusOf(codec, packed, size));
                Assert.Equal(DecompressStatus.TooLarge, Packing.StatusOf(codec, packed, size - 1));
                Assert.Equal(DecompressStatus.TooLarge, Packing.StatusOf(codec, packed, 0));
            }
        }
    }

    [CodecTheory]
    [MemberData(nameof(AllCodecs.All), MemberType = typeof(AllCodecs))]
    public void Nothing_fits_into_nothing(CompressionCodec codec)
    {
        var (status, bytes) = Packing.Unpack(codec, Packing.Pack(codec, []), maxBytes: 0);
        Assert.Equal(DecompressStatus.Ok, status);
        Assert.Empty(bytes);
    }

    [Fact]
    public void A_raw_snappy_block_that_cannot_have_the_size_it_claims_reserves_nothing()
    {
        byte[] liar = [0xFF, 0xFF, 0xFF, 0xFF, 0x03, 0x00, 0x41];    // one byte, said to be a gigabyte
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(CompressionCodec.Snappy, liar));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }
}
