using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// The batches that are left of a log, all those it has had, and where its epochs begin. Truncation takes
/// from both; compaction and retention from the former only.
/// </summary>
internal sealed class ModelContent
{
    private readonly List<ModelBatch> _batches = [];

    public IReadOnlyList<ModelBatch> Batches => _batches;

    public ModelHistory History { get; } = new();

    public ModelEpochs Epochs { get; } = new();

    /// <summary>Compaction or retention has taken batches away.</summary>
    public bool IsThinned { get; private set; }

    /// <summary>The first segment begins here, or will.</summary>
    public Offset Base { get; private set; }

    public Offset End => _batches.Count == 0 ? Base : _batches[^1].EndOffset;

    public void Append(ModelBatch batch)
    {
        _batches.Add(batch);
        Epochs.Append(batch);
        History.Append(batch);
    }

    /// <summary>Nothing is left, and the next record gets that offset.</summary>
    public void Clear(Offset end)
    {
        _batches.Clear();
        Epochs.Clear();
        History.Clear();
        IsThinned = false;
        Base = end;
    }

    /// <summary>Nothing at or above is left. Where nothing at all is, the log begins there.</summary>
    public void Cut(Offset end)
    {
        _batches.RemoveAll(batch => batch.EndOffset > end);
        Epochs.Cut(end);
        History.Cut(end);
        Base = _batches.Count == 0 ? end : Base;
    }

    /// <summary>
    /// Takes over what is left of segments, which has been judged one by one; to somebody who knows the last
    /// value of each key from <paramref name="start"/> on, all say the same as before.
    /// </summary>
    /// <param name="segments">All their batches.</param>
    /// <param name="then">How transactions had ended when the compaction began.</param>
    /// <param name="start">Records below are deleted.</param>
    public string? Adopt(IReadOnlyList<ModelSegment> segments, ModelHistory then, Offset start)
    {
        var known = ModelKeys.Of(_batches, then, start);
        foreach (var segment in segments)
        {
            var at = _batches.FindIndex(batch => batch.BaseOffset >= segment.Base);
            var count = _batches.RemoveAll(
                batch => batch.BaseOffset >= segment.Base && batch.EndOffset <= segment.End);
            _batches.InsertRange(count == 0 ? _batches.Count : at, segment.Batches);
        }
        IsThinned = true;
        History.OnCompacted(segments.SelectMany(static segment => segment.Batches));
        var now = ModelKeys.Of(_batches, then, start);
        return known.SequenceEqual(now)
            ? null
            : $"compaction has changed what keys say: {string.Join("; ", known.Except(now))} has become "
                + string.Join("; ", now.Except(known));
    }

    /// <summary>Retention has come to <paramref name="found"/>; it may have come so far.</summary>
    public string? TakeAway(Offset found, Offset most)
    {
        if (found < Base || found > most)
        {
            return $"the first segment is {found}, not between {Base} and {most}";
        }
        IsThinned |= _batches.RemoveAll(batch => batch.BaseOffset < found) > 0;
        Base = found;
        return null;
    }
}
