using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>
/// What a producer has for one partition: the open batch, those to be sent and those on their way. Decides
/// which batch may go next so that records are stored in order, and once if the producer is idempotent.
/// </summary>
/// <remarks>
/// Order: after a failure nothing is sent until all that is in flight has been answered; then the batches
/// that failed go again one at a time, oldest first. None is sent that would make a broker forget one whose
/// answer is missing.
/// <para>
/// A gap: the broker refuses the oldest batch for its sequence number, because one before it was given up or
/// the broker has lost its state. What waits behind the gap gets new numbers, from 0, in the next epoch,
/// which fences off the old one (KIP-360). A batch that was once sent without an answer is given up instead:
/// that copy may still be on its way, and reach the broker together with what is missing before the new epoch
/// does.
/// </para>
/// </remarks>
internal sealed class ProducerPartition
{
    private readonly ProducerOptions _options;
    private readonly Backoff _backoff;
    private readonly BatchFiller _filler;
    private readonly ProducerSequence _sequence;
    private readonly Queue<ProducerBatch> _fresh = new();    // never sent, oldest first
    private readonly List<ProducerBatch> _sent = [];         // in flight or waiting, in order of sequence
    private readonly Queue<ProducerBatch> _lost = new();     // given up and settled, to be told
    private bool _hasGap;           // the sequence starts anew once nothing is in flight
    private bool _isFenced;         // ... and under another producer id

    public ProducerPartition(TopicPartition id, ProducerOptions options, IBuffers buffers, Backoff backoff)
    {
        Id = id;
        _options = options;
        _backoff = backoff;
        _filler = new BatchFiller(this, options, buffers);
        _sequence = new ProducerSequence(options.IsIdempotent);
    }

    public TopicPartition Id { get; }

    public ProducerBatch? Open => _filler.Open;

    /// <summary>On the sender's list of partitions to look after.</summary>
    public bool IsListed { get; set; }

    public bool HasWork => Open is not null || _fresh.Count > 0 || _sent.Count > 0;

    /// <summary>Something is to be sent, and there is no identity to send it under.</summary>
    public bool NeedsIdentity => _sequence.IsMissing && HasSendable;

    /// <summary>The producer id that was given up here, for good.</summary>
    public ProducerId UsedUpId => _sequence.UsedUp;

    /// <summary>Batches in flight, all at <see cref="InFlightAt"/>.</summary>
    public int InFlightCount { get; private set; }

    public NodeId InFlightAt { get; private set; } = NodeId.None;

    /// <summary>Nothing is sent before: the pause after a failure.</summary>
    public Instant RetryAt { get; private set; }

    private bool IsRetrying => _sent.Count > InFlightCount;

    /// <summary>The fate of one whose time is up is awaited: it may leave a gap.</summary>
    private bool HasRoomBehind(ProducerBatch oldest) => !oldest.IsTold && _sequence.HasRoomBehind(oldest);

    private bool HasSendable => IsRetrying || _fresh.Count > 0 || IsOpenRipe;

    private bool IsOpenRipe => Open is { } open && (open.IsRipe || _options.LingerMs == 0 || _filler.IsFull);

    /// <summary>
    /// Takes a record into the open batch; one that it does not fit into any more is closed first.
    /// </summary>
    public ProducerBatch Append(in ProducerRecord record, long timestampMs)
    {
        if (Open is not null && !_filler.HasRoomFor(record))
        {
            Close();
        }
        return _filler.Append(record, timestampMs);
    }

    /// <summary>True when the open batch need not wait for more records.</summary>
    public bool IsFull => _filler.IsFull;

    /// <summary>True when a batch may be sent now.</summary>
    public bool CanSend(Instant now)
    {
        if (now < RetryAt || _hasGap || !HasSendable || _sequence.IsMissing)
        {
            return false;
        }
        if (IsRetrying)
        {
            return InFlightCount == 0;
        }
        var inFlightMax = _sequence.IsEstablished ? _options.InFlightMax : 1;
        return InFlightCount < inFlightMax && (_sent.Count == 0 || HasRoomBehind(_sent[0]));
    }

    /// <summary>
    /// The batch to send, when one may be sent. An open batch goes on filling until there is no other.
    /// </summary>
    public ProducerBatch Next()
    {
        if (IsRetrying)
        {
            return _sent[0];
        }
        if (_fresh.Count == 0)
        {
            Close();
        }
        return _fresh.Peek();
    }

    /// <summary>The batch that <see cref="Next"/> gave goes to this broker.</summary>
    public void BecomeInFlight(ProducerBatch batch, NodeId node)
    {
        Invariant.Assert(InFlightCount == 0 || InFlightAt == node);
        if (batch.State == BatchState.Fresh)
        {
            DequeueFresh(batch);
            _sequence.Stamp(batch);
            _sent.Add(batch);
        }
        else
        {
            Invariant.Assert(batch.State == BatchState.Waiting);
            Invariant.Assert(ReferenceEquals(_sent[0], batch));
        }
        batch.State = BatchState.InFlight;
        InFlightAt = node;
        InFlightCount++;
    }

    /// <summary>The broker has stored it.</summary>
    public void OnStored(ProducerBatch batch)
    {
        _sequence.OnStored();
        _backoff.Reset();
        EndFlight(batch);
        Remove(batch);
        CloseGap();
    }

    /// <summary>It is to be sent again, unless its time is up already.</summary>
    public void OnRetry(ProducerBatch batch, Instant now)
    {
        EndFlight(batch);
        batch.State = BatchState.Waiting;
        RetryAt = now.PlusMs(_backoff.NextMs());
        if (batch.IsTold)
        {
            GiveUp(batch);
        }
        CloseGap();
    }

    /// <summary>
    /// The broker has refused its sequence number. Not the oldest: those before it were not stored, and it
    /// goes again after them. The oldest: there is a gap before it.
    /// </summary>
    public void OnOutOfSequence(ProducerBatch batch, Instant now)
    {
        _hasGap |= ReferenceEquals(_sent[0], batch);
        OnRetry(batch, now);
    }

    /// <summary>The broker has refused it for good.</summary>
    public void OnRefused(ProducerBatch batch)
    {
        EndFlight(batch);
        Remove(batch);
        CloseGap();
    }

    /// <summary>The broker has refused it for its epoch: the identity is somebody else's now.</summary>
    public void OnFenced(ProducerBatch batch)
    {
        _hasGap = true;
        _isFenced = true;
        OnRefused(batch);
    }

    /// <summary>
    /// A batch that was given up, and settled: its time was up while it was in flight, or it waited behind a
    /// gap. False when there is none (any more).
    /// </summary>
    public bool TryTakeLost(out ProducerBatch batch) => _lost.TryDequeue(out batch!);

    /// <summary>
    /// Its time is up. True when it is settled by that; one in flight is not, as its answer tells whether
    /// there is a gap.
    /// </summary>
    public bool TryExpire(ProducerBatch batch)
    {
        switch (batch.State)
        {
            case BatchState.InFlight:
                batch.IsTold = true;
                return false;
            case BatchState.Waiting:
                Remove(batch);
                return true;
            case BatchState.Fresh:
                DequeueFresh(batch);
                batch.Settle();
                return true;
            default:
                _filler.Drop();
                batch.Settle();
                return true;
        }
    }

    /// <summary>Takes out and settles whatever is not in flight, oldest first.</summary>
    public void TakeAllAtHome(List<ProducerBatch> into)
    {
        into.AddRange(_sent.FindAll(batch => batch.State == BatchState.Waiting));
        into.AddRange(_fresh);
        if (Open is { } open)
        {
            into.Add(open);
        }
        _fresh.Clear();
        _filler.Drop();
        _sent.RemoveAll(batch => batch.State == BatchState.Waiting);
        foreach (var batch in into)
        {
            batch.Settle();
        }
    }

    /// <summary>From now on under this identity; what waits gets numbers under it.</summary>
    public void Adopt(ProducerIdentity identity)
    {
        Invariant.Assert(_sequence.IsMissing);
        Invariant.Assert(InFlightCount == 0);
        _sequence.Begin(identity);
        StampWaiting();
    }

    /// <summary>Closes a gap, once nothing is in flight that could still be refused for it.</summary>
    private void CloseGap()
    {
        if (!_hasGap || InFlightCount > 0)
        {
            return;
        }
        _hasGap = false;
        foreach (var batch in _sent.FindAll(waiting => waiting.MayBeStored))
        {
            GiveUp(batch);
        }
        if (_isFenced)
        {
            _isFenced = false;
            _sequence.Drop();
        }
        else
        {
            _sequence.BeginNextEpoch();
        }
        if (!_sequence.IsMissing)
        {
            StampWaiting();
        }
    }

    private void GiveUp(ProducerBatch batch)
    {
        Remove(batch);
        _lost.Enqueue(batch);
    }

    private void StampWaiting()
    {
        foreach (var batch in _sent)
        {
            _sequence.Stamp(batch);
        }
    }

    private void Close() => _fresh.Enqueue(_filler.Close());

    private void EndFlight(ProducerBatch batch)
    {
        Invariant.Assert(batch.State == BatchState.InFlight);
        Invariant.Assert(InFlightCount > 0);
        InFlightCount--;
    }

    private void Remove(ProducerBatch batch)
    {
        var wasThere = _sent.Remove(batch);
        Invariant.Assert(wasThere);
        batch.Settle();
    }

    private void DequeueFresh(ProducerBatch batch)
    {
        var oldest = _fresh.Dequeue();
        Invariant.Assert(ReferenceEquals(oldest, batch));
    }
}
