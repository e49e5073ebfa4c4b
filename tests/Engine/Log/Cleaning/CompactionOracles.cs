using System.Collections.Generic;
using System.Linq;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>
/// What no compaction may do, whatever its rules: P1 to P5 and P8 of the catalogue, each from the log before
/// and after alone.
/// </summary>
internal static class CompactionOracles
{
    public static List<string> Violations(List<TestBatch> before, List<TestBatch> after, NaiveRound round) =>
    [
        .. NewestSurvive(before, after, round).Select(text => $"P1 {text}"),
        .. SurvivorsAreUnchanged(before, after).Select(text => $"P2 {text}"),
        .. NothingBeyondTheBound(before, after, round).Select(text => $"P3 {text}"),
        .. TombstonesStayTheirTime(before, after, round).Select(text => $"P4 {text}"),
        .. MarkersAndProducersStay(before, after, round).Select(text => $"P5 {text}"),
        .. AbortedGoAndCommittedStay(before, after, round).Select(text => $"P8 {text}"),
    ];

    /// <summary>The newest decided record of each key is there, unless it is a tombstone.</summary>
    private static IEnumerable<string> NewestSurvive(
        List<TestBatch> before, List<TestBatch> after, NaiveRound round)
    {
        var kept = Records(after).ToDictionary(record => record.Offset);
        var newest = new SortedDictionary<string, TestRecord>();
        foreach (var record in Committed(before).Where(record => record.Offset < round.Bound))
        {
            if (record.Key is not null)
            {
                newest[record.Key] = record;
            }
        }
        return newest.Values
            .Where(record => record.Value is not null && !kept.ContainsKey(record.Offset))
            .Select(record => $"the newest record of its key has gone: {record}");
    }

    private static IEnumerable<string> SurvivorsAreUnchanged(List<TestBatch> before, List<TestBatch> after)
    {
        var known = Records(before).ToDictionary(record => record.Offset);
        var changed = Records(after)
            .Where(record => !known.TryGetValue(record.Offset, out var was) || was != record)
            .Select(record => $"there was no such record: {record}");
        var disordered = after.Zip(after.Skip(1))
            .Where(pair => pair.Second.Base <= pair.First.Last
                || pair.Second.LeaderEpoch < pair.First.LeaderEpoch)
            .Select(pair => $"batch {pair.Second.Base} does not come after {pair.First.Last}");
        return changed.Concat(disordered);
    }

    private static IEnumerable<string> NothingBeyondTheBound(
        List<TestBatch> before, List<TestBatch> after, NaiveRound round) =>
        before.Where(batch => batch.Base >= round.Bound && !after.Contains(batch))
            .Select(batch => $"a batch beyond the bound {round.Bound} has changed: {batch}");

    private static IEnumerable<string> TombstonesStayTheirTime(
        List<TestBatch> before, List<TestBatch> after, NaiveRound round)
    {
        var kept = Records(after).Select(record => record.Offset).ToHashSet();
        var newest = Committed(before).Where(record => record.Offset < round.Bound && record.Key is not null)
            .GroupBy(record => record.Key)
            .Select(records => records.Last().Offset)
            .ToHashSet();
        foreach (var batch in before.Where(batch => !batch.IsControl))
        {
            var isOver = batch.HorizonMs <= round.NowMs;
            foreach (var record in batch.Records.Where(record => record.Value is null))
            {
                var mayGo = isOver && record.Offset < round.RemovableBelow;
                if (newest.Contains(record.Offset) && !kept.Contains(record.Offset) && !mayGo)
                {
                    yield return $"a tombstone has gone too early: {record}";
                }
            }
        }
    }

    private static IEnumerable<string> MarkersAndProducersStay(
        List<TestBatch> before, List<TestBatch> after, NaiveRound round)
    {
        foreach (var marker in before.Where(batch => batch.IsMarker && Records(after)
            .All(record => record.Offset != batch.Last)))
        {
            var isOver = marker.HorizonMs <= round.NowMs && marker.Last < round.RemovableBelow;
            if (!isOver || after.Exists(batch => IsOfTransaction(before, batch, marker)))
            {
                yield return $"a marker has gone too early: {marker}";
            }
        }
        foreach (var live in round.Live)
        {
            bool IsItsLast(TestBatch batch) => batch.Producer == live.Id.Value
                && (live.LastData.Value == -1
                    ? batch.IsControl && batch.ProducerEpoch == live.Epoch
                    : batch.Last == live.LastData.Value);
            if (before.Exists(IsItsLast) && !after.Exists(IsItsLast))
            {
                yield return $"producer {live.Id} has lost its last batch";
            }
        }
    }

    private static IEnumerable<string> AbortedGoAndCommittedStay(
        List<TestBatch> before, List<TestBatch> after, NaiveRound round)
    {
        var aborted = before.Where(batch => batch.Base < round.Bound && FateOf(before, batch) == 'A')
            .SelectMany(batch => batch.Records)
            .Select(record => record.Offset)
            .ToHashSet();
        return Records(after).Where(record => aborted.Contains(record.Offset))
            .Select(record => $"an aborted record is still there: {record}");
    }

    /// <summary>The records of no transaction, and of transactions with a commit marker.</summary>
    public static IEnumerable<TestRecord> Committed(List<TestBatch> log) => log
        .Where(batch => !batch.IsControl && FateOf(log, batch) == 'C')
        .SelectMany(batch => batch.Records);

    /// <summary>Committed, Aborted or Open.</summary>
    public static char FateOf(List<TestBatch> log, TestBatch batch)
    {
        if (!batch.IsTransactionData)
        {
            return 'C';
        }
        var marker = log.Find(other => IsOfTransaction(log, batch, other));
        return marker is null ? 'O' : marker.IsAbort ? 'A' : 'C';
    }

    private static bool IsOfTransaction(List<TestBatch> log, TestBatch data, TestBatch marker) =>
        marker.IsMarker && data.IsTransactionData && data.Producer == marker.Producer
        && data.Last < marker.Base
        && !log.Exists(other => other.IsMarker && other.Producer == marker.Producer
            && other.Base > data.Last && other.Base < marker.Base);

    private static IEnumerable<TestRecord> Records(List<TestBatch> log) =>
        log.SelectMany(batch => batch.Records);
}
