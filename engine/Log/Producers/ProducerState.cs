using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What one partition remembers of one producer: its epoch, its last five batches, as many as a producer may
/// have in flight (KIP-98), and its open transaction. The oldest batch leaves when a sixth comes; all leave
/// when the epoch changes. A producer that is known by markers alone has no batches.
/// </summary>
public sealed class ProducerState
{
    public const int WindowBatches = 5;

    private readonly RecentBatch[] _window = new RecentBatch[WindowBatches];
    private int _count;
    private int _newest = -1;

    public ProducerState(ProducerId id)
    {
        Id = id;
        Place = new LinkedListNode<ProducerState>(this);
    }

    public ProducerId Id { get; }

    public short Epoch { get; private set; } = -1;

    /// <summary>Of the coordinator that wrote the producer's last marker; -1 before the first.</summary>
    public int CoordinatorEpoch { get; private set; } = -1;

    /// <summary>Offset of the first record of the open transaction; null while there is none.</summary>
    public Offset? CurrentTransactionStart { get; private set; }

    /// <summary>Largest timestamp of the last batch, or the last marker's; in milliseconds.</summary>
    public long LastTimestampMs { get; private set; } = -1;

    public int BatchCount => _count;

    /// <summary>When it appended last; when the log was opened, if that was before.</summary>
    public Instant LastHeard { get; internal set; }

    /// <summary>
    /// Among the partition's producers, longest idle first; in no list during a transaction.
    /// </summary>
    internal LinkedListNode<ProducerState> Place { get; }

    /// <summary>The batch appended last; there is one.</summary>
    public RecentBatch Last
    {
        get
        {
            Invariant.Assert(_count > 0);
            return _window[_newest];
        }
    }

    /// <summary>The batches remembered, oldest first, from 0.</summary>
    public RecentBatch BatchAt(int index)
    {
        Invariant.Assert(index >= 0);
        Invariant.Assert(index < _count);
        return _window[(_newest + 1 + WindowBatches - _count + index) % WindowBatches];
    }

    /// <summary>Finds the batch with exactly these sequences among the last five.</summary>
    public bool TryFind(int firstSequence, int lastSequence, out RecentBatch found)
    {
        for (var i = 0; i < _count; i++)
        {
            var batch = _window[(_newest + WindowBatches - i) % WindowBatches];
            if (batch.FirstSequence == firstSequence && batch.LastSequence == lastSequence)
            {
                found = batch;
                return true;
            }
        }
        found = default;
        return false;
    }

    /// <summary>
    /// A batch of this epoch is in the log. Another epoch forgets the batches of the one before; a log that
    /// is replayed is believed.
    /// </summary>
    public void OnAppended(short epoch, in RecentBatch batch)
    {
        BecomeOfEpoch(epoch);
        _newest = (_newest + 1) % WindowBatches;
        _window[_newest] = batch;
        if (_count < WindowBatches)
        {
            _count++;
        }
        LastTimestampMs = batch.TimestampMs;
    }

    /// <summary>A transaction begins with the record at this offset; none is open.</summary>
    internal void BeginTransaction(Offset first)
    {
        Invariant.Assert(CurrentTransactionStart is null);
        CurrentTransactionStart = first;
    }

    /// <summary>A marker of this epoch is in the log: no transaction is open afterwards.</summary>
    internal void OnMarker(short epoch, int coordinatorEpoch, long timestampMs)
    {
        BecomeOfEpoch(epoch);
        CoordinatorEpoch = coordinatorEpoch;
        CurrentTransactionStart = null;
        LastTimestampMs = timestampMs;
    }

    /// <summary>What a snapshot says besides the batches, which it has given one by one.</summary>
    internal void Restore(short epoch, int coordinatorEpoch, long lastTimestampMs)
    {
        BecomeOfEpoch(epoch);
        CoordinatorEpoch = coordinatorEpoch;
        LastTimestampMs = lastTimestampMs;
    }

    private void BecomeOfEpoch(short epoch)
    {
        if (epoch != Epoch)
        {
            Epoch = epoch;
            _count = 0;
            _newest = -1;
        }
    }
}
