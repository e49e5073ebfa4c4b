using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Testbed.Compression;
using Testbed.Tests.Engine.Compression;
using Testbed.Wire;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>Whatever records a batch is built from, these are read from it, and a broker takes it.</summary>
public sealed class RecordBatchRoundTripTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(60);

    private static readonly Gen<byte[]> SomeBytes =
        from size in Gen.Frequency(
            (8, Gen.Choose(0, 20)), (2, Gen.Choose(60, 300)), (1, Gen.Constant(40_000)))
        from value in Gen.Choose(0, 255)
        select Enumerable.Range(0, size).Select(i => (byte)((value + (i / 7)) & 0xFF)).ToArray();

    private static readonly Gen<byte[]?> MaybeBytes =
        Gen.Frequency((1, Gen.Constant<byte[]?>(null)), (5, SomeBytes.Select(bytes => (byte[]?)bytes)));

    private static readonly Gen<long> Timestamp = Gen.Frequency(
        (6, Gen.Choose(0, 1_000_000).Select(delta => Batches.TimeMs + delta)),
        (1, Gen.Elements(-1L, 0L, 1L, long.MaxValue, long.MinValue, -77L)));

    private static readonly Gen<SampleRecord> Record =
        from timestamp in Timestamp
        from key in MaybeBytes
        from value in MaybeBytes
        from headerCount in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 5)))
        from headers in Gen.ArrayOf(SomeBytes.Zip(MaybeBytes, (name, text) => (name, text)), headerCount)
        select new SampleRecord(timestamp, key, value, headers);

    private static readonly Gen<SampleRecord[]> Records =
        Gen.Choose(1, 30).SelectMany(count => Gen.ArrayOf(Record, count));

    [CodecTheory]
    [MemberData(nameof(AllCodecs.All), MemberType = typeof(AllCodecs))]
    public void Records_come_out_as_they_went_in(CompressionCodec codec) =>
        Prop.ForAll(Records.ToArbitrary(), records =>
        {
            var options = new RecordBatchOptions { Codec = codec };
            return Batches.Read(Batches.Of(options, records)).SequenceEqual(records);
        }).Check(Often);

    [CodecTheory]
    [MemberData(nameof(AllCodecs.All), MemberType = typeof(AllCodecs))]
    public void A_built_batch_is_accepted_with_the_facts_of_its_records(CompressionCodec codec) =>
        Prop.ForAll(Records.ToArbitrary(), records =>
        {
            var rules =
                new ProduceRules { TimestampAfterMaxMs = long.MaxValue, MaxMessageBytes = int.MaxValue };
            var verdict = Judging.Of(Batches.Of(new RecordBatchOptions { Codec = codec }, records), rules);
            var isTooOld = records.Any(record => record.TimestampMs == long.MinValue);
            if (isTooOld)
            {
                return verdict.Error == ErrorCode.InvalidTimestamp;
            }
            var latest = records.Select(record => record.TimestampMs).Append(-1).Max();
            return verdict.IsOk
                && verdict.Facts.RecordsCount == records.Length
                && verdict.Facts.LastOffsetDelta == records.Length - 1
                && verdict.Facts.MaxTimestampMs == latest
                && verdict.Facts.MaxTimestampOffsetDelta == FirstWith(records, latest)
                && verdict.Facts.Codec == codec
                && !verdict.Facts.NeedsReencode
                && !verdict.Facts.NeedsStamp;
        }).Check(Often);

    [Fact]
    public void Every_header_field_comes_out_as_it_went_in()
    {
        var bytes = Batches.Of(3, new RecordBatchOptions
        {
            BaseOffset = 1_099_511_627_781,
            PartitionLeaderEpoch = 7,
            ProducerId = 4_002,
            ProducerEpoch = 3,
            BaseSequence = int.MaxValue - 1,
            IsTransactional = true,
            TimestampType = TimestampType.LogAppendTime,
            MaxTimestampMs = 99,
        });
        var batch = new RecordBatch(bytes);
        Assert.Equal(bytes.Length, batch.SizeInBytes);
        Assert.Equal(1_099_511_627_781, batch.BaseOffset);
        Assert.Equal(1_099_511_627_783, batch.LastOffset);
        Assert.Equal(7, batch.PartitionLeaderEpoch);
        Assert.Equal(4_002, batch.ProducerId);
        Assert.Equal(3, batch.ProducerEpoch);
        Assert.Equal(int.MaxValue - 1, batch.BaseSequence);
        Assert.Equal(0, batch.LastSequence);
        Assert.Equal(3, batch.RecordsCount);
        Assert.True(batch.Attributes.IsTransactional);
        Assert.False(batch.Attributes.IsControl);
        Assert.Equal(TimestampType.LogAppendTime, batch.Attributes.TimestampType);
        Assert.True(batch.IsCrcValid);
        Assert.All(Batches.Read(bytes), record => Assert.Equal(99, record.TimestampMs));
    }

    private static int FirstWith(SampleRecord[] records, long timestampMs) =>
        System.Array.FindIndex(records, record => record.TimestampMs == timestampMs && timestampMs > -1);
}
