using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

public sealed class ProducerSnapshotTests
{
    private static readonly Instant Now = new(5);
    private static readonly Offset End = new(1_000_000);

    /// <summary>Batches and markers of a few producers: producer, kind, records.</summary>
    private static readonly Gen<(int Producer, int Kind, int Count)[]> Histories = Gen.ArrayOf(
        Gen.Choose(0, 4).Zip(Gen.Choose(0, 9)).Zip(Gen.Choose(1, 9))
            .Select(static each => (each.Item1.Item1, each.Item1.Item2, each.Item2)));

    [Fact]
    public void What_is_written_is_restored() =>
        Prop.ForAll(Histories.ToArbitrary(), static history =>
        {
            var states = Played(history);
            var file = ProducerSnapshot.Format(states);
            var isRead = ProducerSnapshot.TryParse(file, End, out var entries, out var problem);
            var restored = ProducerStates.Restore(entries, Now);
            return isRead
                && problem.Length == 0
                && Described(restored).SequenceEqual(Described(states))
                && restored.FirstOpenTransaction == states.FirstOpenTransaction
                && ProducerSnapshot.Format(restored).AsSpan().SequenceEqual(file);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_restored_window_knows_all_five_batches_again()
    {
        var states = Played([.. Enumerable.Repeat((1, 0, 2), 7)]);

        Assert.True(ProducerSnapshot.TryParse(ProducerSnapshot.Format(states), End, out var entries, out _));

        var restored = ProducerStates.Restore(entries, Now);
        foreach (var first in new[] { 4, 6, 8, 10, 12 })
        {
            var verdict = restored.CanAppend(new SequencedBatch(new ProducerId(1), 0, first, first + 1));
            Assert.Equal(SequenceVerdictKind.Duplicate, verdict.Kind);
            Assert.Equal(first, verdict.Known.BaseOffset.Value);
        }
    }

    [Fact]
    public void Every_golden_snapshot_is_read_and_comes_out_the_same()
    {
        var files = GoldenLogs.Files
            .Where(static file => file.Has(".snapshot") || file.Has(".snapshot.deleted")).ToList();

        Assert.True(files.Count > 140, $"{files.Count} files");
        foreach (var file in files)
        {
            var isRead = ProducerSnapshot.TryParse(
                file.Bytes, file.Offset, out var entries, out var problem);
            Assert.True(isRead, problem);
            var bytes = ProducerSnapshot.Format(ProducerStates.Restore(entries, Now));
            Assert.Equal(InOrder(file.Bytes), bytes);
        }
    }

    [Fact]
    public void What_is_no_snapshot_or_of_another_offset_is_refused()
    {
        var good = ProducerSnapshot.Format(Played([(1, 0, 2), (1, 0, 2), (2, 1, 3)]));

        Refused(good.AsSpan(0, 9).ToArray(), "9 bytes are too few");
        Refused(With(good, 1, 2), "version 2 is not known");
        Refused(With(good, 30, 77), "checksum");
        Refused(Sealed(With(good, 9, 200)), "cannot hold 200 producers");
        Refused(Sealed(With(good, 10, 0xff)), "is negative");
        Refused(Sealed(With(good, 17, 2)), "the same id");
        Refused(Sealed(With(good, 10 + 92, 9)), "behind the producers are not known");
        Refused(Sealed([.. good, 0]), "behind the producers are not known");
        Refused(Sealed(With(good, 10 + 92 + 8 + 7, 3)), "producer 3 cannot have a batch");
        Refused(good, "last offset", new Offset(3));
        Refused(Sealed(With(good, 101, 9)), "transaction from 9", new Offset(9));
        Refused(good, "last offset 6", new Offset(6));
        Assert.True(ProducerSnapshot.TryParse(good, new Offset(7), out _, out _));
    }

    [Fact]
    public void Of_too_many_producers_those_with_the_oldest_timestamps_are_forgotten()
    {
        var entries = Enumerable.Range(0, Limits.ProducersPerPartition + 2)
            .Select(static id => new ProducerSnapshotEntry(new ProducerId(id), 0, -1, null, 20_000 - id, []))
            .ToList();

        var states = ProducerStates.Restore(entries, Now);

        Assert.Equal(Limits.ProducersPerPartition, states.Count);
        Assert.Equal(Limits.ProducersPerPartition - 1, states.All.Max(static state => state.Id.Value));
    }

    private static void Refused(byte[] file, string said, Offset? end = null)
    {
        Assert.False(ProducerSnapshot.TryParse(file, end ?? End, out var entries, out var problem));
        Assert.Empty(entries);
        Assert.Contains(said, problem);
    }

    private static byte[] With(byte[] file, int at, byte value)
    {
        var changed = file.ToArray();
        changed[at] = value;
        return changed;
    }

    private static byte[] Sealed(byte[] file)
    {
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(2), Crc32C.Of(file.AsSpan(6)));
        return file;
    }

    /// <summary>Kafka's file with its rows by ascending id, and the checksum of that.</summary>
    private static byte[] InOrder(byte[] file)
    {
        var count = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(6));
        var rows = Enumerable.Range(0, count).Select(i => file.AsSpan(10 + 46 * i, 46).ToArray())
            .OrderBy(static row => BinaryPrimitives.ReadInt64BigEndian(row));
        return Sealed([.. file.AsSpan(0, 10), .. rows.SelectMany(static row => row)]);
    }

    private static ProducerStates Played((int Producer, int Kind, int Count)[] history)
    {
        var states = new ProducerStates();
        var sequences = new int[5];
        var epochs = new short[5];
        var offset = Offset.Zero;
        foreach (var (producer, kind, count) in history)
        {
            var id = new ProducerId(producer);
            if (kind < 7)
            {
                var first = sequences[producer];
                var batch = new SequencedBatch(
                    id, epochs[producer], first, SequencedBatch.Advance(first, count - 1));
                states.OnAppended(batch, offset, offset + count, 100 + count, Now, kind == 1);
                sequences[producer] = SequencedBatch.Advance(first, count);
                offset += count;
                continue;
            }
            if (kind == 9)
            {
                epochs[producer]++;
                sequences[producer] = 0;
            }
            states.OnMarker(id, epochs[producer], ControlRecordType.Abort, count, offset, 50, Now);
            offset += 1;
        }
        return states;
    }

    private static List<string> Described(ProducerStates states) =>
        states.All.Select(static state =>
            $"{state.Id} {state.Epoch} {state.CoordinatorEpoch} {state.CurrentTransactionStart} "
            + $"{state.LastTimestampMs} "
            + string.Join(' ', Enumerable.Range(0, state.BatchCount).Select(state.BatchAt))).ToList();
}
