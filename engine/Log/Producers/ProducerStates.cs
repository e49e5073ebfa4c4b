using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The idempotent producers of one partition (KIP-98, KIP-360). Replaying the log's batches into an empty one
/// gives the same state, except for producers that have been forgotten meanwhile: those that are idle for
/// producer.id.expiration.ms, and the longest idle where there are too many.
/// </summary>
public sealed class ProducerStates
{
    private readonly SortedDictionary<long, ProducerState> _byId = [];
    private readonly LinkedList<ProducerState> _byIdleness = new();    // the same; longest idle first

    public int Count => _byId.Count;

    /// <summary>Every producer, by ascending id.</summary>
    public IEnumerable<ProducerState> All => _byId.Values;

    /// <summary>
    /// Forgets the producers that have appended nothing for <paramref name="idleMs"/>. Monotonic time of this
    /// node decides, never a record's timestamp, which is the client's: a producer of old records may still
    /// repeat them.
    /// </summary>
    public void Expire(Instant now, long idleMs)
    {
        while (_byIdleness.First is { } longest && longest.Value.LastHeard.PlusMs(idleMs) <= now)
        {
            Forget(longest.Value);
        }
    }

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
    /// The batch is in the log at <paramref name="offset"/>, <paramref name="endOffset"/> exclusive. Times
    /// never go back from one call to the next.
    /// </summary>
    public void OnAppended(
        in SequencedBatch batch, Offset offset, Offset endOffset, long timestampMs, Instant now)
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
        else
        {
            _byIdleness.Remove(state.Place);
        }
        Invariant.Assert(_byIdleness.Last is null || _byIdleness.Last.Value.LastHeard <= now);
        state.LastHeard = now;
        _byIdleness.AddLast(state.Place);
        state.OnAppended(
            batch.ProducerEpoch,
            new RecentBatch(batch.FirstSequence, batch.LastSequence, offset, endOffset, timestampMs));
        if (_byId.Count > Limits.ProducersPerPartition)
        {
            Forget(_byIdleness.First!.Value);
        }
        Invariant.Assert(_byIdleness.Count == _byId.Count);
    }

    private void Forget(ProducerState state)
    {
        _byIdleness.Remove(state.Place);
        _byId.Remove(state.Id.Value);
    }

    private static SequenceVerdict Continues(int firstSequence, int expected) =>
        new(firstSequence == expected ? SequenceVerdictKind.Append : SequenceVerdictKind.OutOfOrder);
}
