using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// The idempotent producers of one partition (KIP-98, KIP-360) and their transactions. Replaying the log's
/// batches into an empty one gives the same state, except for producers that have been forgotten meanwhile:
/// those that are idle for producer.id.expiration.ms, and the longest idle where there are too many. A
/// producer with an open transaction is never forgotten.
/// <code>
/// transaction    begun by                        ended by
/// open           a transactional batch           a marker
/// undecided      a marker                        the high watermark behind the marker
/// </code>
/// Records of both kinds, and all behind the oldest, are unstable: read_committed does not see them.
/// </summary>
public sealed class ProducerStates
{
    private readonly SortedDictionary<long, ProducerState> _byId = [];
    private readonly LinkedList<ProducerState> _byIdleness = new();    // longest idle first
    private readonly TransactionBounds _transactions = new();          // their producers are in no list

    public int Count => _byId.Count;

    /// <summary>Every producer, by ascending id.</summary>
    public IEnumerable<ProducerState> All => _byId.Values;

    public int OpenTransactionCount => _transactions.OpenCount;

    /// <summary>Where the oldest open transaction begins; null when none is open.</summary>
    public Offset? FirstOpenTransaction => _transactions.FirstOpen;

    /// <summary>
    /// Where the oldest transaction that is open or undecided begins; null when there is none.
    /// </summary>
    public Offset? FirstUnstableOffset => _transactions.FirstUnstable;

    /// <summary>
    /// The last stable offset: records below are readable by read_committed, because every transaction below
    /// is decided and below the high watermark (KIP-98).
    /// </summary>
    public static Offset LastStableOffset(Offset highWatermark, Offset? firstOpen, Offset? firstUndecided) =>
        Offset.Min(highWatermark, Offset.Min(firstOpen ?? highWatermark, firstUndecided ?? highWatermark));

    /// <summary>The same by the transactions here.</summary>
    public Offset LastStableOffset(Offset highWatermark) =>
        LastStableOffset(highWatermark, _transactions.FirstOpen, _transactions.FirstUndecided);

    /// <summary>What is known of a producer; null when nothing is.</summary>
    public ProducerState? Find(ProducerId id) => _byId.GetValueOrDefault(id.Value);

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

    /// <summary>Completed transactions below the high watermark are decided for good.</summary>
    public void OnHighWatermark(Offset highWatermark) =>
        _transactions.OnHighWatermark(highWatermark);

    /// <summary>
    /// Decides on a batch before it is appended. An unknown producer may begin anywhere: its state may have
    /// expired. A newer epoch begins at sequence 0, also where a marker has brought it; within an epoch each
    /// batch continues the last or repeats one of the last five.
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
        if (batch.ProducerEpoch > state.Epoch || state.BatchCount == 0)
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
    /// Decides on a marker before the leader appends it. An older producer epoch or coordinator epoch is a
    /// late one of somebody who has been replaced. With transaction version 2 every end of a transaction has
    /// an epoch of its own (KIP-890, KIP-1228): the marker's must be newer than the producer's; the same one
    /// is a repetition, which is good while no transaction is open.
    /// </summary>
    public MarkerVerdict CanAppendMarker(
        ProducerId id, short producerEpoch, int coordinatorEpoch, short transactionVersion)
    {
        if (!_byId.TryGetValue(id.Value, out var state))
        {
            return MarkerVerdict.Append;
        }
        var isOfEarlierTransaction = transactionVersion >= 2
            && producerEpoch == state.Epoch
            && state.CurrentTransactionStart is not null;
        if (producerEpoch < state.Epoch || isOfEarlierTransaction)
        {
            return MarkerVerdict.StaleProducerEpoch;
        }
        return coordinatorEpoch < state.CoordinatorEpoch
            ? MarkerVerdict.CoordinatorFenced
            : MarkerVerdict.Append;
    }

    /// <summary>
    /// A batch is in the log: appended, replicated or found when the log was opened. The one way in, so that
    /// replay and append cannot differ. Times never go back from one call to the next.
    /// </summary>
    /// <param name="batch">The header of <paramref name="bytes"/>.</param>
    /// <param name="bytes">The whole batch: a marker is told by its record.</param>
    /// <param name="now">Monotonic time of this node.</param>
    /// <returns>The transaction that the batch has ended, if any.</returns>
    public CompletedTransaction? OnAppended(in StoredBatch batch, ReadOnlySpan<byte> bytes, Instant now)
    {
        var producer = batch.Producer;
        if (producer.ProducerId.IsNone)
        {
            return null;
        }
        if (!batch.Attributes.IsControl)
        {
            OnAppended(
                producer,
                batch.BaseOffset,
                batch.EndOffset,
                batch.MaxTimestampMs,
                now,
                batch.Attributes.IsTransactional);
            return null;
        }
        return BatchMarker.TryRead(bytes, out var marker)
            ? OnMarker(
                producer.ProducerId,
                producer.ProducerEpoch,
                marker.Type,
                marker.CoordinatorEpoch,
                batch.BaseOffset,
                batch.MaxTimestampMs,
                now)
            : null;
    }

    /// <summary>
    /// A data batch is in the log at <paramref name="offset"/>, <paramref name="endOffset"/> exclusive. A
    /// transactional one begins a transaction there unless one is open.
    /// </summary>
    public void OnAppended(
        in SequencedBatch batch,
        Offset offset,
        Offset endOffset,
        long timestampMs,
        Instant now,
        bool isTransactional = false)
    {
        if (batch.ProducerId.IsNone)
        {
            return;
        }
        var state = Hear(batch.ProducerId, now);
        state.OnAppended(
            batch.ProducerEpoch,
            new RecentBatch(batch.FirstSequence, batch.LastSequence, offset, endOffset, timestampMs));
        if (isTransactional && state.CurrentTransactionStart is null)
        {
            Begin(state, offset);
        }
        Settle(state);
    }

    /// <summary>
    /// A marker is in the log: the producer's transaction, if one is open, has ended. A newer producer epoch
    /// takes the place of the one known, and the next sequence is 0.
    /// </summary>
    /// <param name="id">Whose transaction.</param>
    /// <param name="producerEpoch">The marker's, which may be newer than the records'.</param>
    /// <param name="type">Commit or Abort.</param>
    /// <param name="coordinatorEpoch">Of the coordinator that wrote it.</param>
    /// <param name="markerOffset">Where it is.</param>
    /// <param name="timestampMs">The marker's.</param>
    /// <param name="now">Monotonic time of this node.</param>
    /// <returns>The transaction; null when the producer had none open.</returns>
    public CompletedTransaction? OnMarker(
        ProducerId id,
        short producerEpoch,
        ControlRecordType type,
        int coordinatorEpoch,
        Offset markerOffset,
        long timestampMs,
        Instant now)
    {
        Invariant.Assert(type is ControlRecordType.Commit or ControlRecordType.Abort);
        var state = Hear(id, now);
        CompletedTransaction? completed = null;
        if (state.CurrentTransactionStart is { } first)
        {
            completed = _transactions.End(id, first, markerOffset, type == ControlRecordType.Abort);
        }
        state.OnMarker(producerEpoch, coordinatorEpoch, timestampMs);
        Settle(state);
        return completed;
    }

    /// <summary>
    /// The state that a snapshot has kept, before the batches behind it are replayed. Of producers that are
    /// too many, those with the oldest timestamps are forgotten.
    /// </summary>
    public static ProducerStates Restore(IReadOnlyList<ProducerSnapshotEntry> entries, Instant now)
    {
        var states = new ProducerStates();
        var byAge = new List<ProducerSnapshotEntry>(entries);
        byAge.Sort(static (left, right) => left.LastTimestampMs != right.LastTimestampMs
            ? left.LastTimestampMs.CompareTo(right.LastTimestampMs)
            : left.Id.Value.CompareTo(right.Id.Value));
        foreach (var entry in byAge)
        {
            states.Restore(entry, now);
        }
        return states;
    }

    private void Restore(ProducerSnapshotEntry entry, Instant now)
    {
        Invariant.Assert(!_byId.ContainsKey(entry.Id.Value));
        var state = Hear(entry.Id, now);
        foreach (var batch in entry.Batches)
        {
            state.OnAppended(entry.Epoch, batch);
        }
        state.Restore(entry.Epoch, entry.CoordinatorEpoch, entry.LastTimestampMs);
        if (entry.CurrentTransactionStart is { } first)
        {
            Begin(state, first);
        }
        Settle(state);
    }

    private void Begin(ProducerState state, Offset first)
    {
        state.BeginTransaction(first);
        _transactions.Begin(first);
    }

    /// <summary>The producer, made if it is new, and out of the list of idle ones until it settles.</summary>
    private ProducerState Hear(ProducerId id, Instant now)
    {
        Invariant.Assert(!id.IsNone);
        Invariant.Assert(_byIdleness.Last is null || _byIdleness.Last.Value.LastHeard <= now);
        if (!_byId.TryGetValue(id.Value, out var state))
        {
            state = new ProducerState(id);
            _byId.Add(id.Value, state);
        }
        else if (state.CurrentTransactionStart is null)
        {
            _byIdleness.Remove(state.Place);
        }
        state.LastHeard = now;
        return state;
    }

    /// <summary>Back into the list of idle ones, unless its transaction keeps it out.</summary>
    private void Settle(ProducerState state)
    {
        if (state.CurrentTransactionStart is null)
        {
            _byIdleness.AddLast(state.Place);
        }
        if (_byId.Count > Limits.ProducersPerPartition && _byIdleness.First is { } longest)
        {
            Forget(longest.Value);
        }
        Invariant.Assert(_byIdleness.Count + _transactions.OpenCount == _byId.Count);
    }

    private void Forget(ProducerState state)
    {
        _byIdleness.Remove(state.Place);
        _byId.Remove(state.Id.Value);
    }

    private static SequenceVerdict Continues(int firstSequence, int expected) =>
        new(firstSequence == expected ? SequenceVerdictKind.Append : SequenceVerdictKind.OutOfOrder);
}
