using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The idempotent producers of one partition (KIP-98, KIP-360). A function of the log alone: replaying the
/// log's batches into an empty one gives the same state.
/// </summary>
public sealed class ProducerStates
{
    private readonly SortedDictionary<long, ProducerState> _byId = [];

    public int Count => _byId.Count;

    /// <summary>Every producer, by ascending id.</summary>
    public IEnumerable<ProducerState> All => _byId.Values;

    /// <summary>
    /// Decides on a batch before it is appended. An unknown producer may begin anywhere: its state may have
    /// expired. A newer epoch begins at sequence 0; within an epoch each batch continues the last or repeats
    /// one of the last five.
    /// </summary>
    public SequenceVerdict CanAppend(in SequencedBatch batch)
    {
        if (batch.ProducerId.IsNone || !_byId.TryGetValue(batch.ProducerId.Value, out var state))
        {
            return new SequenceVerdict(SequenceVerdictKind.Append);
        }
        if (batch.ProducerEpoch < state.Epoch)
        {
            return new SequenceVerdict(SequenceVerdictKind.StaleEpoch);
        }
        if (batch.ProducerEpoch > state.Epoch)
        {
            return Continues(batch.FirstSequence, 0);
        }
        if (state.TryFind(batch.FirstSequence, batch.LastSequence, out var known))
        {
            return new SequenceVerdict(SequenceVerdictKind.Duplicate, known);
        }
        return Continues(batch.FirstSequence, SequencedBatch.Advance(state.Last.LastSequence, 1));
    }

    /// <summary>
    /// The batch is in the log at <paramref name="offset"/>, <paramref name="endOffset"/> exclusive.
    /// </summary>
    public void OnAppended(in SequencedBatch batch, Offset offset, Offset endOffset, long timestampMs)
    {
        if (batch.ProducerId.IsNone)
        {
            return;
        }
        if (!_byId.TryGetValue(batch.ProducerId.Value, out var state))
        {
            state = new ProducerState(batch.ProducerId);
            _byId.Add(batch.ProducerId.Value, state);
        }
        state.OnAppended(
            batch.ProducerEpoch,
            new RecentBatch(batch.FirstSequence, batch.LastSequence, offset, endOffset, timestampMs));
    }

    private static SequenceVerdict Continues(int firstSequence, int expected) =>
        new(firstSequence == expected ? SequenceVerdictKind.Append : SequenceVerdictKind.OutOfOrder);
}
