using System;
using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Records;

namespace Testbed.Tests.Engine.Client;

/// <summary>
/// A partition of a <see cref="FakeCluster"/>: one log that all brokers share, so leaders may change without
/// loss, and what Kafka keeps of idempotent producers (the last five batches of each).
/// </summary>
internal sealed class FakePartition
{
    private const int BatchesRemembered = 5;
    private readonly Dictionary<long, (
        short Epoch, List<(int First, int Last, long Offset)> Batches)> _producers = [];

    public NodeId Leader { get; set; }

    public LeaderEpoch Epoch { get; set; } = new(0);

    public List<byte[]> Batches { get; } = [];

    public long Start { get; set; }

    public long End { get; set; }

    public List<(long ProducerId, long FirstOffset)> Aborted { get; } = [];

    /// <summary>Appends a batch if its producer's sequence allows; tells where it is.</summary>
    public (ErrorCode Error, long Offset) Append(ReadOnlyMemory<byte> bytes)
    {
        var batch = new RecordBatch(bytes.Span);
        Invariant.Assert(batch.IsCrcValid);
        if (batch.HasProducerId && Check(batch, out var known) is var error && (
            error != ErrorCode.None || known >= 0))
        {
            return (error, known);
        }
        var stored = bytes.ToArray();
        RecordBatchPatch.SetBaseOffset(stored, End);
        RecordBatchPatch.SetPartitionLeaderEpoch(stored, Epoch.Value);
        Batches.Add(stored);
        var offset = End;
        End += batch.LastOffsetDelta + 1;
        if (batch.HasProducerId)
        {
            Remember(batch, offset);
        }
        return (ErrorCode.None, offset);
    }

    /// <summary>The producer state is lost, as by retention.</summary>
    public void ForgetProducers() => _producers.Clear();

    /// <summary>All batches from the one that holds the offset.</summary>
    public byte[] Read(long from)
    {
        var bytes = new List<byte>();
        foreach (var batch in Batches)
        {
            if (new RecordBatch(batch).LastOffset >= from)
            {
                bytes.AddRange(batch);
            }
        }
        return [.. bytes];
    }

    /// <summary>Keys and values as text, in order of offset.</summary>
    public List<(string? Key, string? Value)> Records()
    {
        var records = new List<(string?, string?)>();
        var scratch = new ByteBuffer(new BufferPool(1 << 20, poison: false));
        foreach (var bytes in Batches)
        {
            var batch = new RecordBatch(bytes);
            RecordBody.Open(batch, scratch, Limits.UncompressedMaxBytes, out var body);
            var reader = new RecordReader(body, batch.RecordsCount);
            while (reader.TryRead(out var record))
            {
                records.Add((Text(record.Key), Text(record.Value)));
            }
        }
        return records;
    }

    private static string? Text(OptionalBytes bytes) =>
        bytes.IsNull ? null : System.Text.Encoding.UTF8.GetString(bytes.Bytes);

    /// <summary>
    /// Kafka's check: a repeated batch is where it was; otherwise the next number, or 0 in a new epoch.
    /// </summary>
    private ErrorCode Check(in RecordBatch batch, out long knownOffset)
    {
        knownOffset = -1;
        if (!_producers.TryGetValue(batch.ProducerId, out var state))
        {
            return ErrorCode.None;
        }
        if (batch.ProducerEpoch < state.Epoch)
        {
            return ErrorCode.InvalidProducerEpoch;
        }
        if (batch.ProducerEpoch > state.Epoch)
        {
            return batch.BaseSequence == 0 ? ErrorCode.None : ErrorCode.OutOfOrderSequenceNumber;
        }
        foreach (var (first, last, offset) in state.Batches)
        {
            if (first == batch.BaseSequence && last == batch.LastSequence)
            {
                knownOffset = offset;
                return ErrorCode.None;
            }
        }
        return batch.BaseSequence == SequenceNumber.Plus(state.Batches[^1].Last, 1)
            ? ErrorCode.None
            : ErrorCode.OutOfOrderSequenceNumber;
    }

    private void Remember(in RecordBatch batch, long offset)
    {
        if (!_producers.TryGetValue(batch.ProducerId, out var state) || state.Epoch != batch.ProducerEpoch)
        {
            state = (batch.ProducerEpoch, []);
            _producers[batch.ProducerId] = state;
        }
        state.Batches.Add((batch.BaseSequence, batch.LastSequence, offset));
        if (state.Batches.Count > BatchesRemembered)
        {
            state.Batches.RemoveAt(0);
        }
    }
}
