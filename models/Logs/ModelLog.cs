using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// What a partition's log is: a list of batches, and marks that say what of it must survive. Start &lt;= End,
/// Durable &lt;= Written &lt;= End. A crash leaves a prefix that has all below a mark; nothing is ever in
/// another place or order. Methods that judge return the broken promise in words, or null.
/// </summary>
public sealed class ModelLog
{
    private readonly List<ModelBatch> _batches = [];
    private readonly ModelEpochs _epochs = new();

    // Every epoch that has ever begun at an offset: a crash may bring one back that has no record any more.
    private readonly SortedSet<(Offset Start, LeaderEpoch Epoch)> _begun = [];
    private ModelCut? _cut;                   // a truncation that is under way
    private ModelCompaction? _compaction;     // one that is under way
    private Offset? _baseMost;                // where a retention that is under way will come to

    public IReadOnlyList<ModelBatch> Batches => _batches;

    /// <summary>All that was there and was not truncated.</summary>
    public ModelHistory History { get; } = new();

    /// <summary>Compaction or retention has taken batches away: what is left does not tell all.</summary>
    public bool IsThinned { get; private set; }

    /// <summary>The log has said that all below is compacted.</summary>
    public Offset CleanedEnd { get; private set; }

    /// <summary>The first segment begins here, or will.</summary>
    public Offset Base { get; private set; }

    /// <summary>Records below are deleted.</summary>
    public Offset Start { get; private set; }

    /// <summary>No crash brings records below back: whoever asked for it has been told.</summary>
    public Offset KeptStart { get; private set; }

    public Offset End => _batches.Count == 0 ? Base : _batches[^1].EndOffset;

    /// <summary>The log has said that all below is in the file.</summary>
    public Offset Written { get; private set; }

    /// <summary>The log has said that all below survives a power cut.</summary>
    public Offset Durable { get; private set; }

    /// <summary>Won at the end, without a record yet; or none.</summary>
    public LeaderEpoch Election { get; private set; } = LeaderEpoch.None;

    public List<(LeaderEpoch Epoch, Offset Start)> Epochs => _epochs.From(Start, End, Election);

    public ModelProducers Producers { get; private set; } = new();

    /// <summary>Of what is written: readers see nothing else.</summary>
    public ModelProducers WrittenProducers =>
        ModelProducers.Of(_batches.Where(batch => batch.EndOffset <= Written));

    /// <summary>The newest epoch of the log; appends must not be older.</summary>
    public LeaderEpoch NewestEpoch => Election > _epochs.Last ? Election : _epochs.Last;

    public void Append(ModelBatch batch)
    {
        Invariant.Assert(batch.BaseOffset == End);
        Invariant.Assert(batch.EndOffset == batch.BaseOffset + batch.Records.Count);
        _begun.Add((batch.BaseOffset, batch.Epoch));
        _batches.Add(batch);
        _epochs.Append(batch);
        History.Append(batch);
        Producers.Take(batch);
        Election = LeaderEpoch.None;
    }

    public void OnWritten(Offset end) => Written = Offset.Max(Written, end);

    public void OnDurable(Offset end) => Durable = Offset.Max(Durable, end);

    /// <summary>Somebody leads in this epoch, and has appended nothing yet.</summary>
    public void Elect(LeaderEpoch epoch)
    {
        if (epoch > NewestEpoch)
        {
            _begun.Add((End, epoch));
            Election = epoch;
        }
    }

    public void AdvanceStart(Offset start) => Start = Offset.Max(Start, start);

    public void KeepStart(Offset start) => KeptStart = start;

    /// <summary>Until the truncation has ended a crash may leave the log longer, never shorter.</summary>
    public void BeginTruncation(Offset target) => _cut = ModelCut.At(target, this);

    public void BeginEmptying(Offset start) => _cut = ModelCut.Whole(start);

    /// <summary>The truncation has ended: it is durable.</summary>
    /// <param name="known">What is known of the producers now.</param>
    public string? EndTruncation(IReadOnlyList<ModelKnown> known)
    {
        var cut = _cut!;
        _cut = null;
        if (cut.IsWhole)
        {
            Clear();
            Base = cut.End;
            Start = cut.End;
        }
        else
        {
            Cut(cut.End);
            Start = Offset.Min(Start, End);
        }
        Election = LeaderEpoch.None;
        Written = End;
        Durable = cut.ChangesNothing ? Durable : End;
        return cut.ChangesNothing ? null : Relearn(known);
    }

    /// <summary>
    /// Until the compaction has ended a crash may leave each segment as it was, or compacted.
    /// </summary>
    public void BeginCompaction(ModelCleaning cleaning) => _compaction = new ModelCompaction(this, cleaning);

    /// <summary>The compaction has ended, well or early: these segments are there.</summary>
    /// <param name="segments">All but the active one.</param>
    /// <param name="cleanedEnd">So far it has come; null when it has ended early.</param>
    public string? EndCompaction(IReadOnlyList<ModelSegment> segments, Offset? cleanedEnd)
    {
        var compaction = _compaction!;
        _compaction = null;
        CleanedEnd = cleanedEnd ?? CleanedEnd;
        var own = segments.Where(segment => segment.Base < compaction.Bound).ToList();
        return compaction.Problem(own, Producers, cleanedEnd) ?? Adopt(own, compaction.History);
    }

    /// <summary>Whether some segments may be compacted, and others not yet.</summary>
    public bool IsCompacting => _compaction is not null;

    /// <summary>Until the retention has ended a crash may leave any of the segments that go.</summary>
    public void BeginRetention(Offset baseMost) => _baseMost = baseMost;

    /// <summary>The retention has ended, and this is the first segment's base.</summary>
    public string? EndRetention(Offset found)
    {
        var most = _baseMost!.Value;
        _baseMost = null;
        Start = Offset.Max(Start, found);
        return TakeAway(found, most);
    }

    /// <summary>The log was opened after a crash and says that it is this.</summary>
    public string? Recover(ModelCrash crash, ModelFinding found)
    {
        var (end, epochs) = (found.End, found.Epochs);
        var isEmptied = found.IsEmpty && _cut is { IsWhole: true } && (end == _cut.End || end == Offset.Zero);
        if (!isEmptied && ProblemOfEnd(crash, end) is { } problem)
        {
            return problem;
        }
        _cut = null;
        if (isEmptied)
        {
            Clear();
        }
        Cut(end);
        Base = _batches.Count == 0 ? end : Base;
        if (ProblemOfPieces(found) is { } broken)
        {
            return broken;
        }
        Written = end;
        Durable = Offset.Min(Durable, end);
        Election = LeaderEpoch.None;
        Election = epochs.Count > 0 && epochs[^1].Start == end && MayBeKnownAtEnd(epochs[^1].Epoch)
            ? epochs[^1].Epoch
            : LeaderEpoch.None;
        return RelearnEpochs(epochs) ?? Relearn(found.Producers);
    }

    /// <summary>
    /// Whether the epochs are those of the batches. Where no record is left, the last epoch may be known.
    /// </summary>
    public string? ProblemOfEpochs(IReadOnlyList<(LeaderEpoch Epoch, Offset Start)> epochs)
    {
        var expected = Epochs;
        if (epochs.SequenceEqual(expected))
        {
            return null;
        }
        var isLastKept = Start == End
            && expected.Count == 0
            && epochs.Count == 1
            && epochs[0].Start == End
            && _epochs.Last == epochs[0].Epoch;
        return isLastKept ? null : $"epochs are {Text(epochs)}, not {Text(expected)}";
    }

    /// <summary>
    /// An epoch that once began at the log's end; where no record is left, one that began before.
    /// </summary>
    private bool MayBeKnownAtEnd(LeaderEpoch epoch) => Start == End
        ? _begun.Any(begun => begun.Epoch == epoch && begun.Start <= End)
        : epoch > NewestEpoch && _begun.Contains((End, epoch));

    /// <summary>What compaction and retention have left half done.</summary>
    private string? ProblemOfPieces(ModelFinding found)
    {
        if (_compaction is { } compaction)
        {
            _compaction = null;
            CleanedEnd = Offset.Max(CleanedEnd, compaction.Most);
            var own = found.Sealed.Where(segment => segment.Base < compaction.Bound).ToList();
            if ((compaction.Problem(own, Producers, cleanedEnd: null) ?? Adopt(own, compaction.History))
                is { } problem)
            {
                return problem;
            }
        }
        var most = Offset.Max(_baseMost ?? Base, Base);
        _baseMost = null;
        var startMost = Offset.Max(Offset.Max(Start, most), Base);
        if (TakeAway(found.Base, most) is { } broken)
        {
            return broken;
        }
        if (found.Start < Offset.Min(Offset.Max(KeptStart, Base), found.End) || found.Start > startMost)
        {
            return $"the log begins at {found.Start}, not between {KeptStart} and {startMost}";
        }
        Start = found.Start;
        return null;
    }

    /// <summary>Takes over what is left of segments, which has been judged.</summary>
    private string? Adopt(IReadOnlyList<ModelSegment> segments, ModelHistory then)
    {
        var known = ModelKeys.Of(_batches, then, Start);
        foreach (var segment in segments)
        {
            var at = _batches.FindIndex(batch => batch.BaseOffset >= segment.Base);
            var count = _batches.RemoveAll(
                batch => batch.BaseOffset >= segment.Base && batch.EndOffset <= segment.End);
            _batches.InsertRange(count == 0 ? _batches.Count : at, segment.Batches);
        }
        IsThinned = true;
        History.OnCompacted(segments.SelectMany(static segment => segment.Batches));
        var now = ModelKeys.Of(_batches, then, Start);
        return known.SequenceEqual(now)
            ? null
            : $"compaction has changed what keys say: {string.Join("; ", known.Except(now))} has become "
                + string.Join("; ", now.Except(known));
    }

    private string? TakeAway(Offset found, Offset most)
    {
        if (found < Base || found > most)
        {
            return $"the first segment is {found}, not between {Base} and {most}";
        }
        IsThinned |= _batches.RemoveAll(batch => batch.BaseOffset < found) > 0;
        Base = found;
        return null;
    }

    private void Clear()
    {
        _batches.Clear();
        _epochs.Clear();
        History.Clear();
        IsThinned = false;
        CleanedEnd = Offset.Zero;
    }

    private void Cut(Offset end)
    {
        _batches.RemoveAll(batch => batch.EndOffset > end);
        _epochs.Cut(end);
        History.Cut(end);
        CleanedEnd = Offset.Min(CleanedEnd, end);
    }

    /// <summary>The log was opened, or cut: what it knows of producers it has read from its files.</summary>
    private string? Relearn(IReadOnlyList<ModelKnown> known)
    {
        Producers = IsThinned ? ModelProducers.Of(known) : ModelProducers.Of(_batches);
        return IsThinned ? new ModelMemory(History, _batches).Problem(known) : null;
    }

    private string? RelearnEpochs(IReadOnlyList<(LeaderEpoch Epoch, Offset Start)> found)
    {
        var isRightThinned = IsThinned
            && ModelEpochs.AreOf(found, Epochs, _batches.Where(batch => batch.EndOffset > Start));
        if (isRightThinned)
        {
            _epochs.Adopt(found, End);
        }
        return ProblemOfEpochs(found);
    }

    private string? ProblemOfEnd(ModelCrash crash, Offset end)
    {
        var least = crash == ModelCrash.Process ? Written : Durable;
        if (_cut is { } cut)
        {
            least = cut.IsWhole ? Base : Offset.Min(least, cut.End);
        }
        if (end < least || end > End)
        {
            return $"the log ends at {end} after a {crash} crash, not between {least} and {End}";
        }
        return end == Base || _batches.Exists(batch => batch.EndOffset == end)
            ? null
            : $"the log ends at {end}, within a batch";
    }

    private static string Text(IReadOnlyList<(LeaderEpoch Epoch, Offset Start)> epochs) =>
        $"[{string.Join(", ", epochs.Select(start => $"{start.Epoch}@{start.Start}"))}]";
}
