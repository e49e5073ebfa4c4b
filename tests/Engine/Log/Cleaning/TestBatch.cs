using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>A batch as a reader of the log sees it.</summary>
internal sealed record TestBatch
{
    public required long Base { get; init; }

    public required long Last { get; init; }

    public required int LeaderEpoch { get; init; }

    public required long Producer { get; init; }

    public required short ProducerEpoch { get; init; }

    public required int Sequence { get; init; }

    public required CompressionCodec Codec { get; init; }

    public required bool IsTransactional { get; init; }

    public required bool IsControl { get; init; }

    public required TimestampType TimestampType { get; init; }

    public required long MaxTimeMs { get; init; }

    public required long? HorizonMs { get; init; }

    public required IReadOnlyList<TestRecord> Records { get; init; }

    /// <summary>A commit or abort marker with its record.</summary>
    public bool IsMarker => IsControl && Records.Count > 0 && Records[0].Key is "\0\0\0\0" or "\0\0\0\u0001";

    public bool IsAbort => IsMarker && Records[0].Key == "\0\0\0\0";

    public bool IsTransactionData => IsTransactional && !IsControl;

    public static List<TestBatch> ReadAll(ReadOnlySpan<byte> bytes)
    {
        var batches = new List<TestBatch>();
        var reader = new RecordBatchReader(bytes);
        while (reader.TryRead(out var batch))
        {
            batches.Add(Read(batch));
        }
        Assert.True(reader.Rest.IsEmpty);
        return batches;
    }

    public static TestBatch Read(RecordBatch batch)
    {
        Assert.True(batch.IsCrcValid);
        return new TestBatch
        {
            Base = batch.BaseOffset,
            Last = batch.LastOffset,
            LeaderEpoch = batch.PartitionLeaderEpoch,
            Producer = batch.ProducerId,
            ProducerEpoch = batch.ProducerEpoch,
            Sequence = batch.BaseSequence,
            Codec = (CompressionCodec)batch.Attributes.CodecId,
            IsTransactional = batch.Attributes.IsTransactional,
            IsControl = batch.Attributes.IsControl,
            TimestampType = batch.Attributes.TimestampType,
            MaxTimeMs = batch.MaxTimestamp,
            HorizonMs = batch.DeleteHorizonMs,
            Records = RecordsOf(batch),
        };
    }

    public override string ToString() =>
        $"{Base}-{Last} epoch {LeaderEpoch} producer {Producer}/{ProducerEpoch}/{Sequence} {Codec} "
        + $"{(IsTransactional ? "t" : "")}{(IsControl ? "c" : "")} {TimestampType} max {MaxTimeMs} "
        + $"horizon {HorizonMs?.ToString() ?? "-"}: {string.Join(", ", Records)}";

    private static List<TestRecord> RecordsOf(RecordBatch batch)
    {
        var pool = new BufferPool(retainedBytesMax: 0, poison: true);
        var scratch = new ByteBuffer(pool);
        Assert.Equal(DecompressStatus.Ok, RecordBody.Open(batch, scratch, int.MaxValue, out var body));
        var records = new List<TestRecord>();
        var reader = new RecordReader(body, batch.RecordsCount);
        while (reader.TryRead(out var record))
        {
            records.Add(new TestRecord(
                batch.OffsetOf(record),
                batch.TimestampOf(record),
                Text(record.Key),
                Text(record.Value),
                HeadersOf(record.Headers)));
        }
        Assert.Equal(RecordFault.None, reader.Fault);
        scratch.Release();
        return records;
    }

    private static string HeadersOf(RecordHeaders headers)
    {
        var text = new StringBuilder();
        foreach (var header in headers)
        {
            text.Append($" {Encoding.Latin1.GetString(header.Key)}:{Text(header.Value) ?? "-"}");
        }
        return text.ToString();
    }

    private static string? Text(OptionalBytes bytes) =>
        bytes.IsNull ? null : Encoding.Latin1.GetString(bytes.Bytes);

    public bool Equals(TestBatch? other) => ToString() == other?.ToString();

    public override int GetHashCode() => Records.Sum(record => (int)record.Offset);
}
