using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// Where the leader epochs of a log begin, as its batches say, or have said before compaction (KIP-101).
/// </summary>
public sealed class ModelEpochs
{
    private readonly List<ModelSpan> _spans = [];

    /// <summary>Of the last record there has been; None before the first.</summary>
    public LeaderEpoch Last => _spans.Count == 0 ? LeaderEpoch.None : _spans[^1].Epoch;

    public void Append(ModelBatch batch) =>
        _spans.Add(new ModelSpan(batch.BaseOffset, batch.EndOffset, batch.Epoch));

    /// <summary>Nothing at or above is left.</summary>
    public void Cut(Offset end)
    {
        _spans.RemoveAll(span => span.Base >= end);
        if (_spans.Count > 0)
        {
            _spans[^1] = _spans[^1] with { End = Offset.Min(_spans[^1].End, end) };
        }
    }

    public void Clear() => _spans.Clear();

    /// <summary>
    /// From <paramref name="start"/> on: an epoch begins at its first record, or where the log begins. An
    /// epoch that was won at the end without appending comes last (KAFKA-7415).
    /// </summary>
    public List<(LeaderEpoch Epoch, Offset Start)> From(Offset start, Offset end, LeaderEpoch election)
    {
        var epochs = new List<(LeaderEpoch Epoch, Offset Start)>();
        foreach (var span in _spans)
        {
            if (span.End > start && (epochs.Count == 0 || epochs[^1].Epoch != span.Epoch))
            {
                epochs.Add((span.Epoch, Offset.Max(span.Base, start)));
            }
        }
        if (election != LeaderEpoch.None)
        {
            epochs.Add((election, end));
        }
        return epochs;
    }

    /// <summary>
    /// A log that compaction has thinned may have lost its list of epochs and read it from what is left. Then
    /// it says for each batch what the batch says, and no epoch begins before it did.
    /// </summary>
    public static bool AreOf(
        IReadOnlyList<(LeaderEpoch Epoch, Offset Start)> found,
        IReadOnlyList<(LeaderEpoch Epoch, Offset Start)> known,
        IEnumerable<ModelBatch> batches) =>
        found.All(one => known.Any(other => other.Epoch == one.Epoch && other.Start <= one.Start))
        && found.Zip(found.Skip(1)).All(static pair =>
            pair.First.Epoch < pair.Second.Epoch && pair.First.Start < pair.Second.Start)
        && batches.All(batch => found.LastOrDefault(
            one => one.Start < batch.EndOffset, (LeaderEpoch.None, default)).Epoch == batch.Epoch);

    /// <summary>The log has told that these are its epochs, and it was right.</summary>
    public void Adopt(IReadOnlyList<(LeaderEpoch Epoch, Offset Start)> found, Offset end)
    {
        _spans.Clear();
        for (var i = 0; i < found.Count; i++)
        {
            var next = i + 1 < found.Count ? found[i + 1].Start : end;
            if (next > found[i].Start)
            {
                _spans.Add(new ModelSpan(found[i].Start, next, found[i].Epoch));
            }
        }
    }
}
