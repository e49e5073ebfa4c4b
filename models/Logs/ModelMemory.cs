using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// What may be known of the producers of a log that was opened, or cut, after compaction or retention had
/// taken some of its batches away (KAFKA-5490): from a snapshot of any age and what is left behind it.
/// </summary>
/// <param name="history">All batches there have been.</param>
/// <param name="left">Those that are left.</param>
internal sealed class ModelMemory(ModelHistory history, IReadOnlyList<ModelBatch> left)
{
    private const int Remembered = 5;

    public string? Problem(IReadOnlyList<ModelKnown> found)
    {
        var all = history.Producers;
        if (found.FirstOrDefault(one => all.Find(one.Id) is null) is { } unknown)
        {
            return $"{unknown} has never been there";
        }
        foreach (var producer in all.All)
        {
            var known = found.FirstOrDefault(one => one.Id == producer.Id);
            if ((ProblemOfEnd(producer, known) ?? ProblemOf(known)) is { } problem)
            {
                return $"{problem}: {known}, last {string.Join(" ", known?.Last ?? [])}";
            }
        }
        return null;
    }

    /// <summary>Whether the producer can go on, and nobody can repeat what it has sent last.</summary>
    private string? ProblemOfEnd(ModelProducer producer, ModelKnown? known)
    {
        // Compaction keeps what was the last then: later ones that are truncated take it with them.
        var last = producer.Last.Count > 0 ? producer.Last[^1].BaseOffset : Offset.None;
        if (left.Any(batch => batch.BaseOffset == last && batch.IsOf(producer.Id)))
        {
            if (known is not { Last.Count: > 0 }
                || known.Epoch != producer.Epoch
                || known.Last[^1].BaseOffset != last)
            {
                return $"of producer {producer.Id} the batch at {last} is not known";
            }
        }
        var marker = left.LastOrDefault(batch => batch.Marker is not null && batch.IsOf(producer.Id));
        if (marker is not null
            && (known is null || known.CoordinatorEpoch < marker.Marker!.CoordinatorEpoch))
        {
            return $"of producer {producer.Id} the marker at {marker.BaseOffset} is not known";
        }
        if (producer.Last.Count == 0 && marker?.Stamp!.Epoch == producer.Epoch
            && known?.Epoch != producer.Epoch)
        {
            return $"of producer {producer.Id} epoch {producer.Epoch} is not known";
        }
        // Its first batch may have been taken away when a marker stood behind it that was truncated later.
        var isCut = left.All(batch => batch.BaseOffset != producer.OpenSince)
            && (known?.OpenSince is not { } since || since > producer.OpenSince);
        return known?.OpenSince == producer.OpenSince || isCut
            ? null
            : $"the transaction of producer {producer.Id} is not open since {producer.OpenSince}";
    }

    /// <summary>Whether it is true, and has no hole where something is left.</summary>
    private string? ProblemOf(ModelKnown? known)
    {
        if (known is null)
        {
            return null;
        }
        var own = history.Versions.Where(batch => batch.IsOf(known.Id)).ToList();
        var isTrue = known.Last.All(sent => own.Exists(batch =>
            !batch.IsControl && batch.Stamp!.Epoch == known.Epoch && ModelSent.Of(batch) == sent));
        if (!isTrue || known.Last.Zip(known.Last.Skip(1)).Any(static pair =>
            pair.First.EndOffset > pair.Second.BaseOffset))
        {
            return "a batch is known that was not there";
        }
        var from = known.Last.Count == Remembered ? known.Last[0].BaseOffset : Offset.Zero;
        var run = left.Where(batch => batch.IsOf(known.Id) && batch.BaseOffset >= from)
            .Reverse()
            .TakeWhile(batch => batch.Stamp!.Epoch == known.Epoch)
            .Where(static batch => !batch.IsControl);
        if (run.FirstOrDefault(batch => known.Last.All(sent => sent.BaseOffset != batch.BaseOffset))
            is { } missing)
        {
            return $"the batch at {missing.BaseOffset} is not known";
        }
        return own.Exists(batch => batch.MaxTimestampMs == known.LastTimestampMs)
            ? null
            : "the last time is that of no batch";
    }
}
