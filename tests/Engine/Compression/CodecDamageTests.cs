using System;
using System.Linq;
using Testbed.Compression;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>Streams that are cut, prolonged, altered or doubled end as a status that says so.</summary>
public sealed class CodecDamageTests
{
    private const int XerialHeaderBytes = 16;

    [CodecTheory]
    [MemberData(nameof(AllCodecs.Packing), MemberType = typeof(AllCodecs))]
    public void A_stream_cut_at_any_byte_is_corrupt(CompressionCodec codec)
    {
        foreach (var nature in Payloads.Natures)
        {
            var packed = Packing.Pack(codec, Payloads.Of(nature, 2_000));
            for (var length = 0; length < packed.Length; length++)
            {
                // A stream of snappy blocks does not say where it ends: its bare header is a stream of none.
                var expected = codec == CompressionCodec.Snappy && length == XerialHeaderBytes
                    ? DecompressStatus.Ok
                    : DecompressStatus.Corrupt;
                var status = Packing.StatusOf(codec, packed.AsSpan(0, length));
                Assert.True(
                    status == expected, $"{codec} {nature} cut at {length} of {packed.Length}: {status}");
            }
        }
    }

    [CodecTheory]
    [MemberData(nameof(AllCodecs.Packing), MemberType = typeof(AllCodecs))]
    public void Bytes_behind_a_stream_make_it_corrupt(CompressionCodec codec)
    {
        foreach (var size in new[] { 0, 1, 1_000, 100_000 })
        {
            var packed = Packing.Pack(codec, Payloads.Of("mixed", size));
            for (var extra = 1; extra <= 20; extra++)
            {
                foreach (var filler in new byte[] { 0x00, 0xAB, 0x1F, 0xFF })
                {
                    var longer = packed.Concat(Enumerable.Repeat(filler, extra)).ToArray();
                    Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(codec, longer));
                }
            }
        }
    }

    [CodecTheory]
    [MemberData(nameof(AllCodecs.Packing), MemberType = typeof(AllCodecs))]
    public void Streams_one_behind_the_other_are_read_where_Kafka_reads_them(CompressionCodec codec)
    {
        var first = Payloads.Of("text", 5_000);
        var second = Payloads.Of("noise", 700);
        var both = Packing.Pack(codec, first).Concat(Packing.Pack(codec, second)).ToArray();

        var (status, bytes) = Packing.Unpack(codec, both);

        // Kafka's lz4 reader stops at the first frame's end and would lose the second.
        Assert.Equal(codec == CompressionCodec.Lz4 ? DecompressStatus.Corrupt : DecompressStatus.Ok, status);
        Assert.Equal(codec == CompressionCodec.Lz4 ? [] : first.Concat(second).ToArray(), bytes);
    }

    [CodecTheory]
    [MemberData(nameof(AllCodecs.Packing), MemberType = typeof(AllCodecs))]
    public void Altered_streams_end_as_a_status_within_their_bounds(CompressionCodec codec)
    {
        const int Seed = 20_261_122;
        const int MaxBytes = 50_000;
        var random = new Random(Seed);
        var originals =
            Payloads.Natures.Select(nature => Packing.Pack(codec, Payloads.Of(nature, 3_000))).ToArray();
        for (var round = 0; round < 4_000; round++)
        {
            var altered = Mutations.Of(originals[random.Next(originals.Length)], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var (status, bytes) = Packing.Unpack(codec, altered, MaxBytes);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(
                bytes.Length <= MaxBytes, $"seed {Seed} round {round}: {status} {bytes.Length} bytes");
            Assert.True(allocated < 1_000_000, $"seed {Seed} round {round}: {status} allocated {allocated}");
        }
    }

    [CodecTheory]
    [MemberData(nameof(AllCodecs.Packing), MemberType = typeof(AllCodecs))]
    public void Noise_is_no_stream(CompressionCodec codec)
    {
        var random = new Random(7);
        for (var size = 0; size < 300; size++)
        {
            var noise = new byte[size];
            random.NextBytes(noise);
            Assert.Equal(DecompressStatus.Corrupt, Packing.StatusOf(codec, noise, 1 << 20));
        }
    }
}
