using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;
using Testbed.Wire.Records;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Appends drawn batches to the log and to the model alike.</summary>
internal sealed class BatchMaker(LogMachine machine, ModelLog model, bool isKeyed)
{
    private const int RecordsMax = 4;
    private const int KeysCount = 7;

    /// <summary>Epoch of the leader that appends now; never older than the log's newest.</summary>
    public LeaderEpoch Epoch { get; set; } = new(0);

    public void AppendData(Prng chance, ModelStamp? stamp, int count)
    {
        var options = stamp is null
            ? RecordBatchOptions.Default
            : Options(stamp.Id, stamp.Epoch) with
            {
                BaseSequence = stamp.FirstSequence,
                IsTransactional = stamp.IsTransactional,
            };
        var builder = new RecordBatchBuilder(machine.Shard.Buffers);
        builder.Begin(options);
        var records = new List<ModelEntry>();
        for (var i = 0; i < count; i++)
        {
            var value = new byte[chance.Below(20) == 0 ? chance.Below(3000) : chance.Below(90)];
            chance.Fill(value);
            var time = Time(chance);
            var (key, isTombstone) = isKeyed ? Key(chance) : (null, false);
            OptionalBytes keyBytes = key;
            OptionalBytes valueBytes = isTombstone ? null : value;
            builder.Append(time, keyBytes, valueBytes);
            records.Add(new ModelEntry(
                model.End + i, time, StoredBatches.Text(keyBytes), StoredBatches.Text(valueBytes)));
        }
        Append(builder, stamp, null, records);
    }

    public void AppendMarker(Prng chance, ModelProducer producer, short epoch, ModelMarker marker)
    {
        var builder = new RecordBatchBuilder(machine.Shard.Buffers);
        builder.Begin(Options(producer.Id, epoch) with { IsTransactional = true, IsControl = true });
        var time = Time(chance);
        new EndTransactionMarker(marker.CoordinatorEpoch).AppendTo(builder, time, isCommit: !marker.IsAbort);
        var stamp = new ModelStamp(producer.Id, epoch, -1, -1, true);
        Append(builder, stamp, marker, [new ModelEntry(model.End, time)]);
    }

    public static int Count(Prng chance) => 1 + chance.Below(RecordsMax);

    /// <summary>What the producer sends next.</summary>
    public static ModelStamp Next(
        Prng chance, ModelProducers producers, ProducerId id, int count, bool isTransactional, bool isBump)
    {
        var known = producers.Find(id);
        var epoch = known is null ? (short)0 : (short)Math.Max((int)known.Epoch, 0);
        var first = known is null && chance.Chance(1, 3) ? int.MaxValue - chance.Below(4) : 0;
        if (known is { Last.Count: > 0 })
        {
            first = ModelProducer.Following(known.Last[^1].LastSequence);
        }
        if (isBump && known is not null)
        {
            (epoch, first) = ((short)(epoch + 1), 0);
        }
        return new ModelStamp(id, epoch, first, LastOf(first, count), isTransactional);
    }

    /// <summary>Sequences wrap from the largest int to 0.</summary>
    public static int LastOf(int first, int count) => (int)(((long)first + count - 1) & int.MaxValue);

    private static RecordBatchOptions Options(ProducerId id, short epoch) =>
        new() { ProducerId = id.Value, ProducerEpoch = epoch };

    /// <summary>One of a few, seldom none; some records are tombstones.</summary>
    private static (byte[]? Key, bool IsTombstone) Key(Prng chance)
    {
        var key = chance.Below(KeysCount + 1);
        return key == KeysCount && chance.Chance(1, 2) ? (null, false) : ([(byte)key], chance.Chance(1, 4));
    }

    /// <summary>Times rise with the offsets, not strictly: some are far behind, some the same.</summary>
    private long Time(Prng chance) =>
        1000 + (model.End.Value * 10 / 20 * 20) + chance.Below(25) - (chance.Below(6) == 0 ? 90 : 0);

    private void Append(
        RecordBatchBuilder builder, ModelStamp? stamp, ModelMarker? marker, List<ModelEntry> records)
    {
        if (builder.Build(out var batch) != CompressStatus.Ok)
        {
            throw new InvalidOperationException("the batch cannot be built");
        }
        Epoch = Epoch < model.NewestEpoch ? model.NewestEpoch : Epoch;
        machine.NewestEpoch = Epoch > machine.NewestEpoch ? Epoch : machine.NewestEpoch;
        var bytes = batch.Memory.ToArray();
        BinaryPrimitives.WriteInt64BigEndian(bytes, model.End.Value);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), Epoch.Value);
        var expected = new ModelBatch(
            model.End, model.End + records.Count, Epoch, stamp, marker, records, bytes);
        model.Append(expected);
        var appended = machine.Log.Append(batch.Memory, batch.Lease, Epoch);
        batch.Release();
        builder.Release();
        if (appended != new AppendedBatch(expected.BaseOffset, expected.EndOffset))
        {
            throw new LogPromiseBrokenException(
                $"a batch got {appended}, not {expected.BaseOffset} to {expected.EndOffset}");
        }
    }
}
