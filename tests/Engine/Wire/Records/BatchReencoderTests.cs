using System.Linq;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Tests.Engine.Compression;
using Testbed.Wire;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>compression.type of the topic against that of the producer, each with each.</summary>
public sealed class BatchReencoderTests
{
    private readonly BufferPool _pool = new(retainedBytesMax: 0, poison: true);

    [CodecTheory]
    [MemberData(nameof(AllCodecs.All), MemberType = typeof(AllCodecs))]
    public void A_batch_of_any_codec_becomes_one_of_the_topics_codec_with_the_same_records(
        CompressionCodec from)
    {
        foreach (var to in System.Enum.GetValues<CompressionCodec>()
            .Where(static codec => MissingCodec.ReasonToSkip(codec) is null))
        {
            var options = new RecordBatchOptions
            {
                Codec = from, ProducerId = 5, ProducerEpoch = 1, BaseSequence = 10, IsTransactional = true,
            };
            var sent = Batches.Of(50, options);
            var verdict = Stored(sent, new ProduceRules { Codec = to }, out var stored);
            Assert.Equal(from != to, verdict.Facts.NeedsReencode);
            Assert.Equal(from == to ? sent : Batches.Of(50, options with { Codec = to }), stored);
        }
    }

    [Fact]
    public void The_topics_clock_is_set_along_with_the_codec()
    {
        var rules =
            new ProduceRules { Codec = CompressionCodec.Gzip, TimestampType = TimestampType.LogAppendTime };
        Stored(Batches.Of(3), rules, out var stored);
        var batch = new RecordBatch(stored);
        Assert.True(batch.IsCrcValid);
        Assert.Equal((int)CompressionCodec.Gzip, batch.Attributes.CodecId);
        Assert.Equal(TimestampType.LogAppendTime, batch.Attributes.TimestampType);
        Assert.All(Batches.Read(stored), record => Assert.Equal(Batches.TimeMs, record.TimestampMs));
    }

    [Fact]
    public void The_topics_level_is_used()
    {
        var sent = Batches.Of(2_000);
        Stored(sent, new ProduceRules { Codec = CompressionCodec.Gzip, CompressionLevel = 1 }, out var quick);
        Stored(
            sent, new ProduceRules { Codec = CompressionCodec.Gzip, CompressionLevel = 9 }, out var thorough);
        Assert.True(thorough.Length < quick.Length);
    }

    [Fact]
    public void A_batch_that_grows_beyond_the_topics_limit_is_too_large()
    {
        var sent = Batches.Of(500, new RecordBatchOptions { Codec = CompressionCodec.Gzip });
        var rules = new ProduceRules { Codec = CompressionCodec.None, MaxMessageBytes = sent.Length };
        var unpacked = new ByteBuffer(_pool);
        var verdict = BatchValidator.Validate(sent, rules, Judging.ApiVersion, Batches.TimeMs, unpacked);
        Assert.True(verdict.IsOk);
        Assert.Equal(
            ErrorCode.MessageTooLarge,
            BatchReencoder.Reencode(sent, verdict.Facts, rules, unpacked, new ByteBuffer(_pool)));
    }

    private BatchVerdict Stored(byte[] sent, ProduceRules rules, out byte[] stored)
    {
        var unpacked = new ByteBuffer(_pool);
        var output = new ByteBuffer(_pool);
        var verdict = BatchValidator.Validate(sent, rules, Judging.ApiVersion, Batches.TimeMs, unpacked);
        Assert.True(verdict.IsOk, verdict.Message);
        stored = (byte[])sent.Clone();
        if (verdict.Facts.NeedsReencode)
        {
            Assert.Equal(
                ErrorCode.None, BatchReencoder.Reencode(sent, verdict.Facts, rules, unpacked, output));
            stored = output.Written.ToArray();
        }
        else
        {
            RecordBatchPatch.Stamp(stored, verdict.Facts);
        }
        unpacked.Release();
        output.Release();
        Assert.Equal(0, _pool.OutstandingCount);
        return verdict;
    }
}
