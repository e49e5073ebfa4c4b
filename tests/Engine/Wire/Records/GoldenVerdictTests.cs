using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>
/// Every batch, good or bad, gets the answer that a running Kafka gave, or the one that the table of
/// differences has for it; and what is accepted is stored byte for byte as Kafka stored it.
/// </summary>
public sealed class GoldenVerdictTests
{
    private const short ApiVersion = 11;                 // of the requests in which they were sent
    private readonly ByteBuffer _scratch = new(new BufferPool(retainedBytesMax: 0, poison: false));

    public static TheoryData<string> All => GoldenBatch.Names(_ => true);

    public static TheoryData<string> Stored =>
        GoldenBatch.Names(
            golden => golden.Broker.TryGetProperty("stored", out _) && !GoldenDifferences.Has(golden.Name));

    [Theory]
    [MemberData(nameof(All))]
    public void A_golden_batch_gets_the_answer_that_Kafka_gave_or_a_better_one(string name)
    {
        var golden = GoldenBatch.Named(name);
        var verdict = Judge(golden.Bytes, ProduceRules.Default, golden.SentAtMs);
        var expected = GoldenDifferences.Has(name) ? GoldenDifferences.Of(name) : AnswerOf(golden);
        Assert.True(
            expected == verdict.Error, $"{name}: expected {expected}, got {verdict.Error} {verdict.Message}");
        Assert.Equal(verdict.IsOk, verdict.Message is null);
        Assert.Equal(
            golden.Broker.GetProperty("recordErrors").EnumerateArray(
                ).Select(RecordErrorOf), verdict.RecordErrors);
    }

    [Fact]
    public void Every_difference_from_Kafka_is_one()
    {
        Assert.All(GoldenDifferences.Names, name =>
        {
            Assert.NotEqual(AnswerOf(GoldenBatch.Named(name)), GoldenDifferences.Of(name));
            Assert.NotEmpty(GoldenDifferences.ReasonOf(name));
        });
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void An_accepted_golden_batch_is_stored_as_Kafka_stored_it(string name)
    {
        var golden = GoldenBatch.Named(name);
        var batch = golden.Bytes.ToArray();
        var verdict = Judge(batch, ProduceRules.Default, golden.SentAtMs);
        Assert.True(verdict.IsOk, verdict.Message);

        RecordBatchPatch.Stamp(batch, verdict.Facts);
        RecordBatchPatch.SetBaseOffset(batch, golden.Broker.GetProperty("baseOffset").GetInt64());
        RecordBatchPatch.SetPartitionLeaderEpoch(batch, 0);

        var stored = golden.Broker.GetProperty("stored");
        Assert.Equal(stored.GetProperty("sizeInBytes").GetInt32(), batch.Length);
        Assert.True(new RecordBatch(batch).IsCrcValid);
        if (stored.TryGetProperty("hex", out var hex))
        {
            Assert.Equal(hex.GetString(), Convert.ToHexStringLower(batch));
        }
        else
        {
            Assert.Equal(
                stored.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(batch)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_compacted_topic_judges_a_golden_batch_as_Kafka_does(string name)
    {
        var golden = GoldenBatch.Named(name);
        var rules = new ProduceRules { IsCompacted = true, TimestampAfterMaxMs = long.MaxValue };
        var verdict = Judge(golden.Bytes, rules, golden.SentAtMs);
        if (verdict.RecordErrors.Count == 0)
        {
            return;    // what else can be wrong is judged above
        }
        Assert.Equal(golden.Check("appendFromClientCompacted"), verdict.Error);
        Assert.Contains(
            $"due to {verdict.RecordErrors.Count} record errors in total",
            golden.CheckMessage("appendFromClientCompacted"),
            StringComparison.Ordinal);
    }

    private static RecordError RecordErrorOf(JsonElement error) =>
        new(error.GetProperty("batchIndex").GetInt32(), error.GetProperty("message").GetString()!);

    /// <summary>
    /// The broker's answer. Transactional batches went out under a foreign producer id and were refused for
    /// that before their contents were looked at; of these the log's own check counts.
    /// </summary>
    private static ErrorCode AnswerOf(GoldenBatch golden)
    {
        var answer = GoldenBatch.ErrorNamed(golden.Broker.GetProperty("error").GetString()!);
        return answer == ErrorCode.InvalidProducerIdMapping ? golden.Check("appendFromClient") : answer;
    }

    private BatchVerdict Judge(byte[] records, ProduceRules rules, long nowMs) =>
        BatchValidator.Validate(records, rules, ApiVersion, nowMs, _scratch);
}
