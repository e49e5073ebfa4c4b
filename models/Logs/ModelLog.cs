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

    // Every epoch that has ever begun at an offset: a crash may bring one back that has no record any more.
    private readonly SortedSet<(Offset Start, LeaderEpoch Epoch)> _begun = [];
    private ModelCut? _cut;                 // a truncation that is under way
    private ModelProducers? _producers;     // null since the batches have changed

    public IReadOnlyList<ModelBatch> Batches => _batches;

    /// <summary>The first batch begins here, or will.</summary>
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

    public List<(LeaderEpoch Epoch, Offset Start)> Epochs =>
        ModelEpochs.Of(_batches, Start, End, Election);

    public ModelProducers Producers => _producers ??= ModelProducers.Of(_batches);

    /// <summary>Of what is written: readers see nothing else.</summary>
    public ModelProducers WrittenProducers =>
        ModelProducers.Of(_batches.Where(batch => batch.EndOffset <= Written));

    /// <summary>The newest epoch of the log; appends must not be older.</summary>
    public LeaderEpoch NewestEpoch
    {
        get
        {
            var last = _batches.Count == 0 ? LeaderEpoch.None : _batches[^1].Epoch;
            return Election > last ? Election : last;
        }
    }

    public void Append(ModelBatch batch)
    {
        Invariant.Assert(batch.BaseOffset == End);
        Invariant.Assert(batch.EndOffset == batch.BaseOffset + batch.TimestampsMs.Count);
        _begun.Add((batch.BaseOffset, batch.Epoch));
        _batches.Add(batch);
        _producers = null;
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
    public void EndTruncation()
    {
        var cut = _cut!;
        _cut = null;
        _producers = null;
        if (cut.IsWhole)
        {
            _batches.Clear();
            Base = cut.End;
            Start = cut.End;
        }
        else
        {
            _batches.RemoveAll(batch => batch.EndOffset > cut.End);
            Start = Offset.Min(Start, End);
        }
        Election = LeaderEpoch.None;
        Written = End;
        Durable = cut.ChangesNothing ? Durable : End;
    }

    /// <summary>The log was opened after a crash and says that it is this.</summary>
    public string? Recover(ModelCrash crash, ModelFinding found)
    {
        var (start, end, epochs) = (found.Start, found.End, found.Epochs);
        var isEmptied = found.IsEmpty && _cut is { IsWhole: true } && (end == _cut.End || end == Offset.Zero);
        if (!isEmptied && ProblemOfEnd(crash, end) is { } problem)
        {
            return problem;
        }
        _cut = null;
        _producers = null;
        _batches.RemoveAll(batch => isEmptied || batch.EndOffset > end);
        Base = _batches.Count == 0 ? end : Base;
        if (start < Offset.Min(Offset.Max(KeptStart, Base), end) || start > Offset.Max(Start, Base))
        {
            return $"the log begins at {start}, not between {KeptStart} and {Start}";
        }
        Start = start;
        Written = end;
        Durable = Offset.Min(Durable, end);
        Election = LeaderEpoch.None;
        Election = epochs.Count > 0 && epochs[^1].Start == end && MayBeKnownAtEnd(epochs[^1].Epoch)
            ? epochs[^1].Epoch
            : LeaderEpoch.None;
        return ProblemOfEpochs(epochs);
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
            && _batches.Count > 0
            && _batches[^1].Epoch == epochs[0].Epoch;
        return isLastKept ? null : $"epochs are {Text(epochs)}, not {Text(expected)}";
    }

    /// <summary>
    /// An epoch that once began at the log's end; where no record is left, one that began before.
    /// </summary>
    private bool MayBeKnownAtEnd(LeaderEpoch epoch) => Start == End
        ? _begun.Any(begun => begun.Epoch == epoch && begun.Start <= End)
        : epoch > NewestEpoch && _begun.Contains((End, epoch));

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
