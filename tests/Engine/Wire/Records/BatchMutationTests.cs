using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Tests.Engine.Compression;
using Testbed.Wire;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>
/// Batches damaged in every way, some with a checksum that vouches for the damage: always a verdict.
/// </summary>
public sealed class BatchMutationTests
{
    private const int Seed = 8_868;
    private const int Rounds = 25_000;
    private const int AllocatedBytesMax = 2_000_000;

    private static readonly ErrorCode[] Expected =
    [
        ErrorCode.None,
        ErrorCode.CorruptMessage,
        ErrorCode.InvalidRecord,
        ErrorCode.UnsupportedCompressionType,
        ErrorCode.MessageTooLarge,
    ];

    private static readonly ProduceRules Rules = new() { UncompressedMaxBytes = 100_000, IsCompacted = true };

    private readonly ByteBuffer _scratch = new(new BufferPool(retainedBytesMax: 0, poison: true));

    [Fact]
    public void A_damaged_batch_gets_a_verdict_and_takes_bounded_memory()
    {
        var random = new Random(Seed);
        var originals = Originals();
        var verdicts = new SortedDictionary<ErrorCode, int>();
        for (var round = 0; round < Rounds; round++)
        {
            var damaged = Damaged(originals[random.Next(originals.Count)], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var verdict = JudgeAndRead(damaged, round);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < AllocatedBytesMax, $"seed {Seed} round {round} allocated {allocated}");
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
        }
        // Damage that is too shallow finds nothing: every answer must have come up.
        foreach (var code in Expected)
        {
            Assert.True(verdicts.GetValueOrDefault(code) > 50, $"{code}: {string.Join(", ", verdicts)}");
        }
    }

    /// <summary>
    /// The broker's look, and then a consumer's, who reads whatever it gets; both must agree on good ones.
    /// </summary>
    private ErrorCode JudgeAndRead(byte[] damaged, int round)
    {
        try
        {
            var verdict = BatchValidator.Validate(
                damaged, Rules, Judging.ApiVersion, Batches.TimeMs, _scratch);
            var fault = ReadAll(damaged);
            var isAgreed = !verdict.IsOk || fault == RecordFault.None;
            Assert.True(isAgreed, $"seed {Seed} round {round}: accepted, but {fault}");
            return verdict.Error;
        }
        catch (Exception thrown) when (thrown is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"seed {Seed} round {round}: {Convert.ToHexString(damaged)}\n{thrown}");
            throw;
        }
    }

    private RecordFault ReadAll(byte[] damaged)
    {
        var fault = RecordFault.None;
        var batches = new RecordBatchReader(damaged);
        while (batches.TryRead(out var batch))
        {
            var status = RecordBody.Open(batch, _scratch, Rules.UncompressedMaxBytes, out var body);
            if (status == DecompressStatus.Ok)
            {
                fault = ReadRecords(batch, body);
            }
        }
        return fault;
    }

    private static RecordFault ReadRecords(RecordBatch batch, ReadOnlySpan<byte> body)
    {
        var reader = new RecordReader(body, batch.RecordsCount);
        var sum = 0L;
        while (reader.TryRead(out var record))
        {
            sum ^= batch.OffsetOf(record) ^ batch.TimestampOf(record) ^ record.Key.Bytes.Length;
            foreach (var header in record.Headers)
            {
                sum ^= header.Key.Length ^ header.Value.Bytes.Length;
            }
        }
        Invariant.Maybe(sum == batch.LastSequence);
        return reader.Fault;
    }

    private static byte[] Damaged(byte[] original, Random random)
    {
        var damaged = Mutations.Of(original, random);
        var kind = random.Next(4);
        if (damaged.Length < BatchLayout.Records || kind == 0)
        {
            return damaged;
        }
        if (kind < 3)
        {
            damaged[BatchLayout.Magic] = BatchLayout.MagicValue;
            damaged.AsSpan(BatchLayout.BaseOffset, sizeof(long)).Clear();
            damaged[BatchLayout.Attributes + 1] ^= (byte)(random.Next(8) == 0 ? random.Next(8) : 0);
            return Batches.WithLength(damaged);
        }
        RecordBatchPatch.RenewCrc(damaged);
        return damaged;
    }

    private static List<byte[]> Originals()
    {
        var header = (Batches.Utf8("trace"), (byte[]?)[1, 2, 3]);
        var records = Enumerable.Range(0, 12)
            .Select(i => (Time: Batches.TimeMs + i, Key: (byte)i, Value: i % 3 == 0 ? null : new byte[i * 5]))
            .Select(sample => new SampleRecord(sample.Time, [sample.Key], sample.Value, [header]))
            .ToArray();
        var options = new RecordBatchOptions { ProducerId = 3, ProducerEpoch = 0, BaseSequence = 4 };
        return Enum.GetValues<CompressionCodec>()
            .Where(static codec => MissingCodec.ReasonToSkip(codec) is null)
            .Select(codec => Batches.Of(options with { Codec = codec }, records))
            .ToList();
    }
}
