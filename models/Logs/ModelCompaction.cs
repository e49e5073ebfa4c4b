using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// One compaction of a log: what it may leave. A segment is as it was, or has all that must stay and nothing
/// of what must go; never something between.
/// </summary>
public sealed class ModelCompaction
{
    private readonly ModelCleaning _cleaning;
    private readonly List<ModelBatch> _before;
    private readonly SortedSet<long> _lastBefore;    // base offsets of batches that producers are known by

    public ModelCompaction(ModelLog log, ModelCleaning cleaning)
    {
        History = log.History.Copy();
        _cleaning = cleaning;
        _before = [.. log.Batches];
        _lastBefore = LastOfProducers(log.Producers);
    }

    /// <summary>
    /// How transactions had ended when it began: a crash may take a marker away that was not synced here.
    /// </summary>
    public ModelHistory History { get; }

    /// <summary>Segments from here on are not its.</summary>
    public Offset Bound => _cleaning.Bound;

    /// <summary>At most so far it comes.</summary>
    public Offset Most => _cleaning.MappedEnds.Max();

    /// <summary>Which of its segments have changed is not told: all are looked at.</summary>
    /// <param name="segments">Those that are not active, oldest first, as they are now.</param>
    /// <param name="producers">What is known of the producers now.</param>
    /// <param name="cleanedEnd">
    /// It has ended well, and come so far: no segment below is as it was that must not be. Null when it has
    /// ended early.
    /// </param>
    public string? Problem(
        IReadOnlyList<ModelSegment> segments, ModelProducers producers, Offset? cleanedEnd)
    {
        if (cleanedEnd is { } told && !_cleaning.MappedEnds.Contains(told))
        {
            return $"compaction has come to {told}, not to {string.Join(" or ", _cleaning.MappedEnds)}";
        }
        var problem = (string?)null;
        foreach (var mappedEnd in cleanedEnd is { } end ? [end] : _cleaning.MappedEnds)
        {
            var fate = new ModelRecordFate(_before, History, _cleaning, mappedEnd);
            var last = LastOfProducers(producers);
            problem = segments
                .Select(segment => ProblemOf(segment, fate, last, segment.End <= cleanedEnd))
                .FirstOrDefault(static text => text is not null);
            if (problem is null)
            {
                return null;
            }
        }
        return problem;
    }

    private string? ProblemOf(
        ModelSegment segment, ModelRecordFate fate, SortedSet<long> last, bool mustChange)
    {
        var old = _before.Where(batch => batch.EndOffset > segment.Base && batch.BaseOffset < segment.End)
            .ToList();
        var isSame = old.Count == segment.Batches.Count && old.Zip(segment.Batches)
            .All(static pair => pair.First.Bytes.Span.SequenceEqual(pair.Second.Bytes.Span));
        if (isSame && !mustChange)
        {
            return null;
        }
        if (!isSame && segment.End > _cleaning.Bound)
        {
            return $"segment {segment.Base} has changed, which ends above {_cleaning.Bound}";
        }
        var found = 0;
        foreach (var batch in old)
        {
            var isThere = found < segment.Batches.Count
                && segment.Batches[found].BaseOffset == batch.BaseOffset;
            var left = isThere ? segment.Batches[found++] : null;
            if (ProblemOf(batch, left, fate, last, isLast: ReferenceEquals(batch, old[^1])) is { } problem)
            {
                return $"{problem} after compaction of segment {segment.Base} to {segment.End}";
            }
        }
        return found == segment.Batches.Count
            ? null
            : $"there was no batch at {segment.Batches[found].BaseOffset} before compaction";
    }

    private string? ProblemOf(
        ModelBatch batch, ModelBatch? left, ModelRecordFate fate, SortedSet<long> last, bool isLast)
    {
        foreach (var record in batch.Records)
        {
            var isThere = left?.Records.Contains(record) is true;
            var expected = fate.Of(batch, record);
            if (expected == ModelFate.Stays && !isThere)
            {
                return $"{record} is missing";
            }
            if (expected == ModelFate.Goes && isThere)
            {
                return $"{record} is still there";
            }
        }
        var mustStay = isLast || last.Contains(batch.BaseOffset.Value);
        if (left is null)
        {
            return mustStay ? $"the batch at {batch.BaseOffset} is missing, the last of its kind" : null;
        }
        if (left.Records.Count == 0 && !mustStay && !_lastBefore.Contains(batch.BaseOffset.Value))
        {
            return $"the batch at {batch.BaseOffset} is still there, empty";
        }
        return ModelCleanedBatch.Problem(batch, left, fate, _cleaning);
    }

    /// <summary>The last data of each; or where that is not known, its markers of the newest epoch.</summary>
    private SortedSet<long> LastOfProducers(ModelProducers producers)
    {
        var last = new SortedSet<long>();
        foreach (var producer in producers.All)
        {
            last.UnionWith(_before
                .Where(batch => batch.IsOf(producer.Id) && (producer.Last.Count == 0
                    ? batch.IsControl && batch.Stamp!.Epoch == producer.Epoch
                    : batch.EndOffset == producer.Last[^1].EndOffset))
                .Select(static batch => batch.BaseOffset.Value));
        }
        return last;
    }
}
