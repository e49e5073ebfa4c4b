using System;
using System.Buffers.Binary;
using System.Linq;
using Testbed.Compression;
using Testbed.Tests.Engine.Compression;
using Testbed.Wire;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>One flaw at a time, and the answer that a Kafka client expects to it.</summary>
public sealed class BatchValidatorTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void A_plain_batch_is_accepted()
    {
        var verdict = Judging.Of(Batches.Of(3));
        Assert.True(verdict.IsOk);
        Assert.Null(verdict.Message);
        Assert.Empty(verdict.RecordErrors);
        Assert.Equal(
            new BatchFacts
            {
                SizeBytes = Batches.Of(3).Length,
                RecordsCount = 3,
                TimestampType = TimestampType.CreateTime,
                MaxTimestampMs = Batches.TimeMs + 2,
                MaxTimestampOffsetDelta = 2,
                Codec = CompressionCodec.None,
                StoredCodec = CompressionCodec.None,
                NeedsStamp = false,
            },
            verdict.Facts);
    }

    [Fact]
    public void No_batch_at_all_is_an_invalid_record() => AssertOutline(ErrorCode.InvalidRecord, []);

    [Fact]
    public void A_batch_cut_at_any_byte_is_an_invalid_record()
    {
        var batch = Batches.Of(2);
        for (var length = 0; length < batch.Length; length++)
        {
            AssertOutline(ErrorCode.InvalidRecord, batch[..length]);
        }
    }

    [Fact]
    public void More_than_one_batch_is_an_invalid_record() =>
        AssertOutline(ErrorCode.InvalidRecord, [.. Batches.Of(1), .. Batches.Of(1)]);

    [Fact]
    public void Part_of_a_batch_behind_the_first_is_an_invalid_record()
    {
        var batch = Batches.Of(1);
        for (var length = 1; length < batch.Length; length++)
        {
            AssertOutline(ErrorCode.InvalidRecord, [.. batch, .. batch[..length]]);
        }
    }

    [Fact]
    public void Zeros_are_corrupt_with_or_without_a_batch_before_them()
    {
        AssertOutline(ErrorCode.CorruptMessage, new byte[100]);
        AssertOutline(ErrorCode.CorruptMessage, [.. Batches.Of(1), .. new byte[100]]);
    }

    [Fact]
    public void A_length_that_cuts_the_batch_short_is_corrupt()
    {
        var batch = Batches.Of(1);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(BatchLayout.BatchLength), batch.Length - 12 - 3);
        AssertOutline(ErrorCode.CorruptMessage, batch);
    }

    [Theory]
    [InlineData(0, ErrorCode.InvalidRecord)]
    [InlineData(1, ErrorCode.InvalidRecord)]
    [InlineData(3, ErrorCode.CorruptMessage)]
    [InlineData(127, ErrorCode.CorruptMessage)]
    [InlineData(255, ErrorCode.CorruptMessage)]
    public void A_format_other_than_2_is_refused(byte magic, ErrorCode expected)
    {
        var batch = Batches.Of(1);
        batch[BatchLayout.Magic] = magic;
        AssertOutline(expected, batch);
    }

    [Fact]
    public void Any_bit_that_flips_under_the_checksum_is_corrupt()
    {
        var batch = Batches.Of(2);
        for (var bit = BatchLayout.Crc * 8; bit < batch.Length * 8; bit++)
        {
            var flipped = (byte[])batch.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertOutline(ErrorCode.CorruptMessage, flipped);
        }
    }

    [Fact]
    public void A_batch_above_the_topics_limit_is_too_large_and_one_at_the_limit_is_not()
    {
        var batch = Batches.Of(5);
        Assert.True(Judging.Of(batch, new ProduceRules { MaxMessageBytes = batch.Length }).IsOk);
        var verdict = Judging.Of(batch, new ProduceRules { MaxMessageBytes = batch.Length - 1 });
        Assert.Equal(ErrorCode.MessageTooLarge, verdict.Error);
        Assert.False(verdict.IsContentRefused);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-5)]
    [InlineData(long.MaxValue)]
    public void A_base_offset_other_than_0_is_an_invalid_record(long baseOffset) =>
        AssertContent(
            ErrorCode.InvalidRecord, Batches.Of(1, new RecordBatchOptions { BaseOffset = baseOffset }));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(-1, 2)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    [InlineData(int.MaxValue, 2)]
    [InlineData(int.MinValue, 2)]
    [InlineData(3, -1)]
    [InlineData(3, 0)]
    [InlineData(3, 5)]
    [InlineData(3, int.MaxValue)]
    [InlineData(3, int.MinValue)]
    [InlineData(0, -1)]
    [InlineData(-1, -2)]
    [InlineData(2, 1)]
    [InlineData(4, 3)]
    public void Counts_that_do_not_fit_the_three_records_are_an_invalid_record(
        int count, int lastOffsetDelta) =>
        AssertContent(ErrorCode.InvalidRecord, Batches.Of(3).With(batch =>
        {
            BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(BatchLayout.RecordsCount), count);
            BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(BatchLayout.LastOffsetDelta), lastOffsetDelta);
        }));

    [Fact]
    public void Clients_may_not_write_control_batches_or_delete_horizons_or_bits_of_the_future()
    {
        AssertContent(ErrorCode.InvalidRecord, Batches.Of(1, new RecordBatchOptions { IsControl = true }));
        AssertContent(ErrorCode.InvalidRecord, Batches.Of(1, new RecordBatchOptions { DeleteHorizonMs = 5 }));
        for (var bit = 7; bit < 16; bit++)
        {
            AssertContent(ErrorCode.InvalidRecord, WithAttributes(Batches.Of(1), 1 << bit));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void A_codec_that_does_not_exist_is_unsupported(int codec) =>
        AssertContent(ErrorCode.UnsupportedCompressionType, WithAttributes(Batches.Of(1), codec));

    [CodecFact(CompressionCodec.Zstd)]
    public void Zstd_needs_version_7_of_Produce()
    {
        var batch = Batches.Of(1, new RecordBatchOptions { Codec = CompressionCodec.Zstd });
        Assert.Equal(ErrorCode.UnsupportedCompressionType, Judging.Of(batch, apiVersion: 6).Error);
        Assert.False(Judging.Of(batch, apiVersion: 6).IsContentRefused);
        Assert.True(Judging.Of(batch, apiVersion: 7).IsOk);
    }

    [Theory]
    [InlineData(9, 0, 0, false, true)]
    [InlineData(9, 0, 0, true, true)]
    [InlineData(9, 0, int.MaxValue, false, true)]
    [InlineData(9, 0, -1, false, false)]
    [InlineData(9, -1, 0, false, false)]
    [InlineData(9, -1, -1, false, false)]
    [InlineData(-1, -1, -1, true, false)]
    [InlineData(-1, -1, -1, false, true)]
    [InlineData(-1, 0, 0, false, true)]    // some clients leave epoch and sequence at 0
    public void A_producer_id_needs_epoch_and_sequence_and_a_transaction_a_producer_id(
        long producerId, short epoch, int sequence, bool isTransactional, bool isRight)
    {
        var batch = Batches.Of(2, new RecordBatchOptions
        {
            ProducerId = producerId,
            ProducerEpoch = epoch,
            BaseSequence = sequence,
            IsTransactional = isTransactional,
        });
        Assert.Equal(isRight ? ErrorCode.None : ErrorCode.InvalidRecord, Judging.Of(batch).Error);
    }

    [Theory]
    [InlineData("10 01 00 00 02 6B 02 76 00", 1)]                                  // attributes
    [InlineData("10 00 00 02 02 6B 02 76 00", 1)]                                  // offset delta 1
    [InlineData("10 00 00 01 02 6B 02 76 00", 1)]                                  // offset delta -1
    [InlineData("12 00 00 00 02 6B 02 76 00", 1)]                                  // length beyond the batch
    [InlineData("10 00 00 00 02 6B 02 76 00 00", 1)]                               // bytes behind
    [InlineData("10 00 00 00 02 6B 02 76 00 10 00 00 00 02 6B 02 76 00", 2)]       // offset deltas 0, 0
    [InlineData("10 00 00 00 02 6B 02 76 00 10 00 00 04 02 6B 02 76 00", 2)]       // offset deltas 0, 2
    public void Records_that_are_not_as_they_should_be_are_an_invalid_record(string hexWrong, int count)
    {
        const string hexRight = "10 00 00 00 02 6B 02 76 00";
        Assert.True(Judging.Of(Batches.OfEncoded(hexRight)).IsOk);
        AssertContent(ErrorCode.InvalidRecord, Batches.OfEncoded(hexWrong, count));
    }

    [Fact]
    public void A_compacted_topic_names_every_record_without_a_key()
    {
        var batch = Batches.Of(
            null,
            new SampleRecord(1, "k", "v"),
            new SampleRecord(2, (string?)null, "w"),
            new SampleRecord(3, null, null));
        Assert.True(Judging.Of(batch).IsOk);
        var verdict = Judging.Of(batch, new ProduceRules { IsCompacted = true });
        Assert.Equal(ErrorCode.InvalidRecord, verdict.Error);
        Assert.True(verdict.IsContentRefused);
        Assert.NotNull(verdict.Message);
        Assert.Equal([1, 2], verdict.RecordErrors.Select(error => error.BatchIndex));
        Assert.All(verdict.RecordErrors, error => Assert.NotEmpty(error.Message));
    }

    [Fact]
    public void The_list_of_refused_records_has_an_end()
    {
        var records =
            Enumerable.Range(0, 5_000).Select(i => new SampleRecord(i, (string?)null, "v")).ToArray();
        var verdict = Judging.Of(Batches.Of(null, records), new ProduceRules { IsCompacted = true });
        Assert.Equal(Testbed.Foundation.Limits.RecordErrorsMax, verdict.RecordErrors.Count);
    }

    [Fact]
    public void Create_times_within_the_bounds_are_accepted_and_those_beyond_are_named()
    {
        var rules = new ProduceRules { TimestampBeforeMaxMs = Hour, TimestampAfterMaxMs = 2 * Hour };
        var batch = Batches.Of(
            null,
            new SampleRecord(Batches.TimeMs - Hour, "k", "v"),
            new SampleRecord(Batches.TimeMs - Hour - 1, "k", "v"),
            new SampleRecord(Batches.TimeMs + (2 * Hour), "k", "v"),
            new SampleRecord(Batches.TimeMs + (2 * Hour) + 1, "k", "v"),
            new SampleRecord(-1, "k", "no time at all"),
            new SampleRecord(-2, "k", "v"));
        var verdict = Judging.Of(batch, rules);
        Assert.Equal(ErrorCode.InvalidTimestamp, verdict.Error);
        Assert.Equal([1, 3, 5], verdict.RecordErrors.Select(error => error.BatchIndex));
        Assert.Equal(
            $"Timestamp {Batches.TimeMs - Hour - 1} of message with offset 1 is out of range. "
            + $"The timestamp should be within [{Batches.TimeMs - Hour}, {Batches.TimeMs + (2 * Hour)}]",
            verdict.RecordErrors[0].Message);
    }

    [Fact]
    public void Bounds_beyond_all_time_do_not_overflow()
    {
        var rules =
            new ProduceRules { TimestampBeforeMaxMs = long.MaxValue, TimestampAfterMaxMs = long.MaxValue };
        Assert.True(Judging.Of(Batches.Of(null, new SampleRecord(long.MaxValue, "k", "v")), rules).IsOk);
    }

    [Fact]
    public void A_wrong_max_timestamp_is_put_right()
    {
        var batch = Batches.Of(2, new RecordBatchOptions { MaxTimestampMs = 77 });
        var verdict = Judging.Of(batch);
        Assert.True(verdict.Facts.NeedsStamp);
        RecordBatchPatch.Stamp(batch, verdict.Facts);
        Assert.Equal(Batches.Of(2), batch);
    }

    [Fact]
    public void The_topics_clock_replaces_create_times()
    {
        var rules = new ProduceRules { TimestampType = TimestampType.LogAppendTime, TimestampAfterMaxMs = 0 };
        var batch = Batches.Of(3);
        var verdict = Judging.Of(batch, rules);
        Assert.True(verdict.IsOk);
        Assert.True(verdict.Facts.NeedsStamp);
        Assert.Equal(0, verdict.Facts.MaxTimestampOffsetDelta);
        RecordBatchPatch.Stamp(batch, verdict.Facts);
        Assert.True(new RecordBatch(batch).IsCrcValid);
        Assert.All(Batches.Read(batch), record => Assert.Equal(Batches.TimeMs, record.TimestampMs));
    }

    [Fact]
    public void A_producer_that_claims_the_brokers_clock_is_taken_at_its_own_times_where_it_has_some()
    {
        var claiming =
            new RecordBatchOptions { TimestampType = TimestampType.LogAppendTime, MaxTimestampMs = 5 };
        var batch = Batches.Of(2, claiming);
        var verdict = Judging.Of(batch);
        Assert.True(verdict.IsOk);
        RecordBatchPatch.Stamp(batch, verdict.Facts);
        Assert.Equal(Batches.Of(2), batch);

        var timeless = Batches.Of(claiming, new SampleRecord(-1, "k", "v"));
        Assert.Equal(ErrorCode.InvalidTimestamp, Judging.Of(timeless).Error);
        var appendTime = new ProduceRules { TimestampType = TimestampType.LogAppendTime };
        Assert.Equal(ErrorCode.InvalidTimestamp, Judging.Of(Batches.Of(2, claiming), appendTime).Error);
    }

    [CodecTheory]
    [MemberData(nameof(AllCodecs.Packing), MemberType = typeof(AllCodecs))]
    public void Damaged_packed_records_are_corrupt_and_huge_ones_too_large(CompressionCodec codec)
    {
        var batch = Batches.Of(
            new RecordBatchOptions { Codec = codec }, new SampleRecord(
                Batches.TimeMs, [1], new byte[300_000]));
        Assert.True(Judging.Of(batch).IsOk);
        AssertContent(ErrorCode.CorruptMessage, Batches.WithLength([.. batch, 0]));
        AssertContent(ErrorCode.CorruptMessage, Batches.WithLength(batch[..^1]));
        AssertContent(ErrorCode.CorruptMessage, Batches.WithLength(batch[..BatchLayout.Records]));
        var small = new ProduceRules { UncompressedMaxBytes = 300_000 };
        Assert.Equal(ErrorCode.MessageTooLarge, Judging.Of(batch, small).Error);
    }

    [Fact]
    public void A_good_batch_without_a_codec_costs_no_allocation()
    {
        var batch = Batches.Of(100);
        var rules = ProduceRules.Default;
        var scratch = new ByteBuffer(new Testbed.Foundation.BufferPool(0, poison: false));
        Assert.True(BatchValidator.Validate(batch, rules, Judging.ApiVersion, Batches.TimeMs, scratch).IsOk);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var isOk = true;
        for (var i = 0; i < 100; i++)
        {
            var verdict = BatchValidator.Validate(batch, rules, Judging.ApiVersion, Batches.TimeMs, scratch);
            RecordBatchPatch.Stamp(batch, verdict.Facts);
            RecordBatchPatch.SetPartitionLeaderEpoch(batch, i);
            isOk &= verdict.IsOk;
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(isOk);
    }

    private static byte[] WithAttributes(byte[] batch, int bits) => batch.With(changed =>
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(BatchLayout.Attributes), (ushort)bits));

    /// <summary>Refused before the contents: the answer names no log start offset.</summary>
    private static void AssertOutline(ErrorCode expected, byte[] records)
    {
        var verdict = Judging.Of(records);
        Assert.Equal(expected, verdict.Error);
        Assert.False(verdict.IsContentRefused);
        Assert.NotEmpty(verdict.Message!);
        Assert.Empty(verdict.RecordErrors);
    }

    private static void AssertContent(ErrorCode expected, byte[] records)
    {
        var verdict = Judging.Of(records);
        Assert.Equal(expected, verdict.Error);
        Assert.True(verdict.IsContentRefused);
        Assert.NotEmpty(verdict.Message!);
        Assert.Empty(verdict.RecordErrors);
    }
}
