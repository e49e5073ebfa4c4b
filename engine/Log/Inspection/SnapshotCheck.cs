using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Compares producer snapshots with what replaying the log up to their offsets leaves.
/// <code>
/// a producer is        where replaying tells everything      elsewhere
/// in both              must be the same                      the log must not know something newer
/// in the snapshot      is a contradiction                    was in what is gone
/// in the log           was forgotten, being idle             was forgotten, being idle
/// </code>
/// The older batches of a window, which Kafka does not keep, are not compared.
/// </summary>
internal sealed class SnapshotCheck(ISnapshotSource source, FindingList findings)
{
    private int _next;    // snapshot that has not been compared

    /// <summary>Compares the snapshots up to <paramref name="end"/>, where the replay stands.</summary>
    public void Compare(Offset end, ProducerStates replayed, bool isExact)
    {
        while (_next < source.Offsets.Count && source.Offsets[_next] <= end)
        {
            var offset = source.Offsets[_next];
            _next++;
            if (TryRead(offset) is { } entries)
            {
                // One inside a batch or a gap stands before what was replayed last.
                Compare(source.NameOf(offset), entries, replayed, isExact && offset == end);
            }
        }
    }

    public bool Has(Offset offset) => source.Offsets.Contains(offset);

    /// <summary>Snapshots of what is no longer in the log say nothing that could be compared.</summary>
    public void PassBefore(Offset start)
    {
        for (; _next < source.Offsets.Count && source.Offsets[_next] < start; _next++)
        {
            findings.Note(source.NameOf(source.Offsets[_next]), $"lies before the log's beginning, {start}");
        }
    }

    /// <summary>Snapshots that lie beyond the log's end: opening the log removes them.</summary>
    public void TellBeyond(Offset end, bool isClosedCleanly)
    {
        for (; _next < source.Offsets.Count; _next++)
        {
            var name = source.NameOf(source.Offsets[_next]);
            var text = $"lies beyond the log's end, {end}";
            findings.Tell(!isClosedCleanly, name, text);
        }
    }

    /// <summary>
    /// The entries of one snapshot; null when it has gone or cannot be read, which is told.
    /// </summary>
    public IReadOnlyList<ProducerSnapshotEntry>? TryRead(Offset offset)
    {
        if (!Has(offset) || source.Read(offset) is not { } bytes)
        {
            return null;
        }
        if (ProducerSnapshot.TryParse(bytes.Span, offset, out var entries, out var problem))
        {
            return entries;
        }
        findings.Problem(source.NameOf(offset), problem);
        return null;
    }

    private void Compare(
        string file, IReadOnlyList<ProducerSnapshotEntry> entries, ProducerStates replayed, bool isExact)
    {
        foreach (var entry in entries)
        {
            var text = replayed.Find(entry.Id) is { } state
                ? Difference(entry, state, isExact)
                : isExact ? "is not in the log before" : "";
            if (text.Length > 0)
            {
                findings.Problem(file, $"producer {entry.Id} {text}");
            }
        }
    }

    private static string Difference(ProducerSnapshotEntry entry, ProducerState state, bool isExact)
    {
        var here = Said(entry);
        var there = Said(state);
        // A producer that was forgotten and came back has lost its coordinator's epoch.
        var isSame = here == there || here == there with { CoordinatorEpoch = -1 };
        var isNewer = here.LastOffset >= there.LastOffset || here.Epoch > there.Epoch;
        var isFine = isExact ? isSame : isNewer;
        return isFine ? "" : $"has {here} here and {there} by the log before";
    }

    private static ProducerSummary Said(ProducerSnapshotEntry entry)
    {
        var last = entry.Batches.Count > 0 ? entry.Batches[^1] : (RecentBatch?)null;
        return new ProducerSummary(
            entry.Epoch,
            last?.LastSequence ?? -1,
            (last?.EndOffset.Value ?? 0) - 1,
            entry.CoordinatorEpoch,
            entry.CurrentTransactionStart);
    }

    private static ProducerSummary Said(ProducerState state)
    {
        var last = state.BatchCount > 0 ? state.Last : (RecentBatch?)null;
        return new ProducerSummary(
            state.Epoch,
            last?.LastSequence ?? -1,
            (last?.EndOffset.Value ?? 0) - 1,
            state.CoordinatorEpoch,
            state.CurrentTransactionStart);
    }
}
