using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>Compares batches with what Kafka's own reader saw in them.</summary>
public static class GoldenFields
{
    public static void AssertHeader(JsonElement facts, RecordBatch batch)
    {
        AssertHeaderButSizes(facts, batch);
        Assert.Equal(facts.GetProperty("sizeInBytes").GetInt32(), batch.SizeInBytes);
        Assert.Equal(facts.GetProperty("batchLength").GetInt32(), batch.BatchLength);
        Assert.Equal(facts.GetProperty("crc").GetUInt32(), batch.Crc);
    }

    public static void AssertHeaderButSizes(JsonElement facts, RecordBatch batch)
    {
        Assert.True(batch.IsCrcValid);
        Assert.Equal(facts.GetProperty("magic").GetInt32(), batch.Magic);
        Assert.Equal(facts.GetProperty("baseOffset").GetInt64(), batch.BaseOffset);
        Assert.Equal(facts.GetProperty("lastOffset").GetInt64(), batch.LastOffset);
        Assert.Equal(facts.GetProperty("partitionLeaderEpoch").GetInt32(), batch.PartitionLeaderEpoch);
        Assert.Equal(facts.GetProperty("lastOffsetDelta").GetInt32(), batch.LastOffsetDelta);
        Assert.Equal(facts.GetProperty("baseTimestamp").GetInt64(), batch.BaseTimestamp);
        Assert.Equal(facts.GetProperty("maxTimestamp").GetInt64(), batch.MaxTimestamp);
        Assert.Equal(facts.GetProperty("producerId").GetInt64(), batch.ProducerId);
        Assert.Equal(facts.GetProperty("producerEpoch").GetInt16(), batch.ProducerEpoch);
        Assert.Equal(facts.GetProperty("baseSequence").GetInt32(), batch.BaseSequence);
        Assert.Equal(facts.GetProperty("lastSequence").GetInt32(), batch.LastSequence);
        Assert.Equal(facts.GetProperty("count").GetInt32(), batch.RecordsCount);
        AssertAttributes(facts, batch);
    }

    public static void AssertRecords(JsonElement facts, RecordBatch batch, ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body, batch.RecordsCount);
        foreach (var expected in facts.GetProperty("records").EnumerateArray())
        {
            Assert.True(reader.TryRead(out var record), $"{reader.Fault}");
            Assert.Equal(expected.GetProperty("offset").GetInt64(), batch.OffsetOf(record));
            Assert.Equal(expected.GetProperty("timestamp").GetInt64(), batch.TimestampOf(record));
            Assert.Equal(expected.GetProperty("sequence").GetInt32(), SequenceOf(batch, record));
            AssertBytes(expected.GetProperty("key"), record.Key);
            AssertBytes(expected.GetProperty("value"), record.Value);
            AssertHeaders(expected.GetProperty("headers"), record.Headers);
        }
        Assert.False(reader.TryRead(out _));
        Assert.Equal(RecordFault.None, reader.Fault);
    }

    private static void AssertAttributes(JsonElement facts, RecordBatch batch)
    {
        var attributes = batch.Attributes;
        Assert.Equal(facts.GetProperty("attributes").GetInt16(), attributes.Bits);
        Assert.True(attributes.TryGetCodec(out var codec));
        Assert.Equal(facts.GetProperty("compression").GetString(), codec.ToString(), ignoreCase: true);
        Assert.Equal(facts.GetProperty("timestampType").GetString(), attributes.TimestampType.ToString());
        Assert.Equal(facts.GetProperty("isTransactional").GetBoolean(), attributes.IsTransactional);
        Assert.Equal(facts.GetProperty("isControl").GetBoolean(), attributes.IsControl);
        Assert.False(attributes.HasUnassignedBits);
        var horizon = facts.GetProperty("deleteHorizonMs");
        Assert.Equal(
            horizon.ValueKind == JsonValueKind.Null ? null : horizon.GetInt64(), batch.DeleteHorizonMs);
    }

    private static int SequenceOf(RecordBatch batch, in RecordView record) => batch.BaseSequence < 0
        ? RecordBatch.NoProducer
        : SequenceNumber.Plus(batch.BaseSequence, record.OffsetDelta);

    private static void AssertHeaders(JsonElement expected, RecordHeaders headers)
    {
        Assert.Equal(expected.GetArrayLength(), headers.Count);
        var index = 0;
        foreach (var header in headers)
        {
            Assert.Equal(expected[index].GetProperty("key").GetString(), Encoding.UTF8.GetString(header.Key));
            AssertBytes(expected[index].GetProperty("value"), header.Value);
            index++;
        }
        Assert.Equal(headers.Count, index);
    }

    private static void AssertBytes(JsonElement expected, OptionalBytes bytes)
    {
        if (expected.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(expected.GetProperty("length").GetInt32(), bytes.Bytes.Length);
            var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Bytes));
            Assert.Equal(expected.GetProperty("sha256").GetString(), hash);
            return;
        }
        Assert.Equal(expected.ValueKind == JsonValueKind.Null, bytes.IsNull);
        Assert.Equal(expected.GetString() ?? "", Convert.ToBase64String(bytes.Bytes));
    }
}
