using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Reads a log in all the ways there are and compares with the model.</summary>
internal sealed class LogScrutiny(LogMachine machine, ModelLog model)
{
    /// <summary>Above this size an answer may end at an index entry, wherever that is.</summary>
    private const int CoarseBytes = 16 * 1024;

    /// <summary>Everything there is, in every way; nothing is being written.</summary>
    public void LookAtAll(Prng chance)
    {
        LookAtRecords(chance, reads: 6);
        LookAtTimes(chance, model.Start, model.Written);
        for (var i = 0; i < 4; i++)
        {
            var bound = Between(chance, model.Start, model.Written);
            LookAtTimes(chance, model.Start, bound);
            LookAtAborted(Between(chance, model.Start, bound), bound);
        }
        LookAtAborted(model.Start, model.Written);
        var sizeBytes = model.Batches.Sum(batch => (long)batch.Bytes.Length);
        LogComparison.Same("size in bytes", sizeBytes, machine.Log.SizeBytes);
    }

    /// <summary>The whole log once, and some reads from anywhere; also while something is written.</summary>
    public void LookAtRecords(Prng chance, int reads)
    {
        var written = model.Written;
        var from = model.Start;
        while (from < written)
        {
            from = Read(new ModelRead(from, written, int.MaxValue, true));
        }
        for (var i = 0; i < reads && model.Start < written; i++)
        {
            var first = Between(chance, model.Start, written);
            var bound = chance.Chance(1, 2) ? written : Between(chance, first, written);
            var max = chance.Below(4) switch
            {
                0 => 1 + chance.Below(100),
                1 => 1 + chance.Below(1000),
                2 => 1 + chance.Below(40_000),
                _ => int.MaxValue,
            };
            Read(new ModelRead(first, bound, max, chance.Chance(1, 2)));
        }
    }

    /// <summary>Where the next read begins.</summary>
    private Offset Read(ModelRead wish)
    {
        var slice = machine.Wait(machine.Log.Read(wish.From, wish.Bound, wish.MaxBytes, wish.AtLeastOne));
        LogComparison.Same($"status of {wish}", IoStatus.Ok, slice.Status);
        var bytes = new byte[slice.SizeBytes];
        if (slice.SizeBytes > 0)
        {
            machine.Wait(machine.Shard.Disks[0].Read(slice.Range.File, slice.Range.Offset, bytes));
        }
        slice.Release();
        var bases = machine.SegmentBases();
        if (wish.Problem(model.Batches, bytes, HasBase, CoarseBytes)
            is { } problem)
        {
            throw new LogPromiseBrokenException(problem);
        }
        var given = 0;
        var end = wish.Bound;
        foreach (var batch in model.Batches.Where(batch => batch.EndOffset > wish.From))
        {
            if (given == bytes.Length)
            {
                break;
            }
            given += batch.Bytes.Length;
            end = batch.EndOffset;
        }
        return end;

        bool HasBase(Offset first, Offset last) => bases.GetViewBetween(first.Value, last.Value).Count > 0;
    }

    private void LookAtTimes(Prng chance, Offset start, Offset bound)
    {
        var latest = ModelLookup.Latest(model.Batches, start, bound);
        SameRecord(
            $"latest below {bound}", latest, machine.Wait(machine.Log.FindMaxTimestamp(bound)));
        for (var i = 0; i < 3; i++)
        {
            var records = model.Batches.SelectMany(static batch => batch.Records)
                .Select(static record => record.TimestampMs)
                .ToList();
            var time = records.Count == 0 ? 0 : records[chance.Below(records.Count)] + chance.Below(3) - 1;
            SameRecord(
                $"first from time {time} below {bound}",
                ModelLookup.FirstFrom(model.Batches, time, start, bound),
                machine.Wait(machine.Log.FindByTimestamp(time, bound)));
        }
    }

    private void SameRecord(string what, ModelRecord? expected, TimeSearchResult found)
    {
        LogComparison.Same($"status of {what}", IoStatus.Ok, found.Status);
        var actual = found.Record is { } record
            ? new ModelRecord(record.Offset, record.TimestampMs, record.Epoch)
            : null;
        LogComparison.Same(what, expected, actual);
    }

    private void LookAtAborted(Offset from, Offset end)
    {
        if (from >= end)
        {
            return;
        }
        var found = machine.Wait(machine.Log.AbortedTransactions(from, end));
        if (model.IsThinned)
        {
            LookAtCommitted(from, end, found ?? []);
            return;
        }
        var expected = model.WrittenProducers.Aborted(from, end)
            .Select(ended => new AbortedTransaction(ended.Id, ended.First, ended.Marker, ended.LastStable));
        LogComparison.Same($"aborted transactions of {from} to {end}", Text(expected), Text(found ?? []));
    }

    /// <summary>Which entries are left does not matter: a reader sees what was committed.</summary>
    private void LookAtCommitted(Offset from, Offset end, List<AbortedTransaction> found)
    {
        var decided = Offset.Min(end, model.Producers.FirstOpen ?? end);
        var aborted = found.Select(static one => (one.ProducerId, one.First));
        if (ModelCommitted.Problem(model.Batches, model.History, from, decided, aborted) is { } problem)
        {
            throw new LogPromiseBrokenException($"{problem}, being told {Text(found)}");
        }
    }

    private static string Text(IEnumerable<AbortedTransaction> aborted) => string.Join("; ", aborted);

    private static Offset Between(Prng chance, Offset first, Offset last) =>
        new(chance.Between(first.Value, last.Value));
}
