using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>
/// Batches that Kafka wrote: every field and record is read as Kafka read it, and written as Kafka wrote it.
/// </summary>
public sealed class GoldenGoodBatchTests
{
    private readonly ByteBuffer _scratch = new(new BufferPool(retainedBytesMax: 0, poison: false));

    public static TheoryData<string> Good => GoldenBatch.Names(golden => golden.IsGood);

    public static TheoryData<string> GoodOfFormat2 =>
        GoldenBatch.Names(golden => golden.IsGood && BatchesOf(golden).All(IsServed));

    [Theory]
    [MemberData(nameof(Good))]
    public void The_outlines_of_golden_batches_are_found(string name)
    {
        var golden = GoldenBatch.Named(name);
        var rest = golden.Bytes.AsSpan();
        foreach (var facts in BatchesOf(golden))
        {
            var frame = BatchFrame.Of(rest);
            Assert.Equal(IsServed(facts) ? BatchFraming.Whole : BatchFraming.Legacy, frame.Framing);
            Assert.Equal(facts.GetProperty("sizeInBytes").GetInt32(), frame.SizeBytes);
            Assert.Equal(facts.GetProperty("position").GetInt32(), golden.Bytes.Length - rest.Length);
            rest = rest[(int)frame.SizeBytes..];
        }
        Assert.Equal(golden.Facts.GetProperty("validBytes").GetInt32(), golden.Bytes.Length - rest.Length);
    }

    [Theory]
    [MemberData(nameof(GoodOfFormat2))]
    public void Every_field_and_record_of_a_golden_batch_is_read(string name)
    {
        var golden = GoldenBatch.Named(name);
        var reader = new RecordBatchReader(golden.Bytes);
        foreach (var facts in BatchesOf(golden))
        {
            Assert.True(reader.TryRead(out var batch));
            GoldenFields.AssertHeader(facts, batch);
            GoldenFields.AssertRecords(facts, batch, Open(batch));
        }
        Assert.False(reader.TryRead(out _));
        Assert.True(reader.Rest.IsEmpty);
    }

    [Theory]
    [MemberData(nameof(GoodOfFormat2))]
    public void A_golden_batch_built_anew_is_the_same_to_the_byte(string name)
    {
        var golden = GoldenBatch.Named(name);
        var batch = new RecordBatch(golden.Bytes);
        var builder = new RecordBatchBuilder(new BufferPool(retainedBytesMax: 0, poison: true));
        Assert.True(batch.Attributes.TryGetCodec(out var codec));

        builder.Begin(OptionsOf(batch) with { Codec = CompressionCodec.None });
        Refill(builder, batch);
        Assert.Equal(CompressStatus.Ok, builder.Build(out var built));

        if (codec == CompressionCodec.None)
        {
            Assert.Equal(Convert.ToHexString(golden.Bytes), Convert.ToHexString(built.Span));
        }
        else
        {
            Assert.True(Open(batch).SequenceEqual(new RecordBatch(built.Span).Body));
        }
    }

    [Theory]
    [MemberData(nameof(GoodOfFormat2))]
    public void A_golden_batch_packed_anew_keeps_its_header_and_its_records(string name)
    {
        var golden = GoldenBatch.Named(name);
        var batch = new RecordBatch(golden.Bytes);
        var builder = new RecordBatchBuilder(new BufferPool(retainedBytesMax: 0, poison: false));
        builder.Begin(OptionsOf(batch));
        Refill(builder, batch);
        Assert.Equal(CompressStatus.Ok, builder.Build(out var built));

        var facts = BatchesOf(golden).Single();
        var packed = new RecordBatch(built.Span);
        GoldenFields.AssertHeaderButSizes(facts, packed);
        GoldenFields.AssertRecords(facts, packed, Open(packed));
    }

    [Theory]
    [InlineData("control-commit", ControlRecordType.Commit)]
    [InlineData("compacted-abort-delete-horizon", ControlRecordType.Abort)]
    [InlineData("control-leader-change-v0", ControlRecordType.LeaderChange)]
    [InlineData("control-snapshot-header", ControlRecordType.SnapshotHeader)]
    [InlineData("control-snapshot-footer", ControlRecordType.SnapshotFooter)]
    [InlineData("control-kraft-version", ControlRecordType.KRaftVersion)]
    [InlineData("control-kraft-voters", ControlRecordType.KRaftVoters)]
    [InlineData("control-unknown-type-crc", null)]
    public void The_control_record_of_a_golden_batch_is_of_its_type(string name, ControlRecordType? type)
    {
        var batch = new RecordBatch(GoldenBatch.Named(name).Bytes);
        var reader = new RecordReader(batch.Body, batch.RecordsCount);
        Assert.True(batch.Attributes.IsControl);
        Assert.True(reader.TryRead(out var record));
        Assert.True(ControlRecordKey.TryRead(record.Key, out var key));
        Assert.Equal(type, key.Type);
        if (type is ControlRecordType.Commit or ControlRecordType.Abort)
        {
            Assert.True(batch.Attributes.IsTransactional);
            Assert.True(EndTransactionMarker.TryRead(record.Value, out _));
        }
    }

    [Fact]
    public void A_commit_marker_is_written_as_golden_batch_control_commit_has_it()
    {
        var golden = GoldenBatch.Named("control-commit");
        var builder = new RecordBatchBuilder(new BufferPool(retainedBytesMax: 0, poison: true));
        builder.Begin(OptionsOf(new RecordBatch(golden.Bytes)));
        Assert.True(EndTransactionMarker.TryRead(Batches.Read(golden.Bytes).Single().Value, out var marker));

        new EndTransactionMarker(marker.CoordinatorEpoch).AppendTo(builder, Batches.TimeMs, isCommit: true);

        Assert.Equal(CompressStatus.Ok, builder.Build(out var built));
        Assert.Equal(golden.Bytes, built.Span.ToArray());
    }

    private static bool IsServed(JsonElement facts) => facts.GetProperty("magic").GetInt32() == 2;

    private static List<JsonElement> BatchesOf(GoldenBatch golden) =>
        golden.Facts.GetProperty("batches").EnumerateArray().ToList();

    private ReadOnlySpan<byte> Open(RecordBatch batch)
    {
        Assert.Equal(
            DecompressStatus.Ok, RecordBody.Open(batch, _scratch, Limits.UncompressedMaxBytes, out var body));
        return body;
    }

    private void Refill(RecordBatchBuilder builder, RecordBatch batch)
    {
        var reader = new RecordReader(Open(batch), batch.RecordsCount);
        while (reader.TryRead(out var record))
        {
            // The record's own time: the batch's where the broker's clock counts.
            builder.AppendAt(
                record.OffsetDelta, unchecked(batch.BaseTimestamp + record.TimestampDelta), record);
        }
        Assert.Equal(batch.RecordsCount, builder.RecordsCount);
    }

    private static RecordBatchOptions OptionsOf(RecordBatch batch)
    {
        Assert.True(batch.Attributes.TryGetCodec(out var codec));
        return new RecordBatchOptions
        {
            Codec = codec,
            BaseOffset = batch.BaseOffset,
            PartitionLeaderEpoch = batch.PartitionLeaderEpoch,
            ProducerId = batch.ProducerId,
            ProducerEpoch = batch.ProducerEpoch,
            BaseSequence = batch.BaseSequence,
            IsTransactional = batch.Attributes.IsTransactional,
            IsControl = batch.Attributes.IsControl,
            TimestampType = batch.Attributes.TimestampType,
            MaxTimestampMs = batch.MaxTimestamp,
            DeleteHorizonMs = batch.DeleteHorizonMs,
            LastOffsetDelta = batch.LastOffsetDelta,
        };
    }
}
