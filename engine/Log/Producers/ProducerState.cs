using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What one partition remembers of one producer: its epoch and its last five batches, as many as a producer
/// may have in flight (KIP-98). The oldest batch leaves when a sixth comes.
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

    public int BatchCount => _count;

    /// <summary>When it appended last; when the log was opened, if that was before.</summary>
    public Instant LastHeard { get; internal set; }

    /// <summary>Among the partition's producers, longest idle first.</summary>
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
    /// A batch of this epoch is in the log. A newer epoch forgets the batches of the one before.
    /// </summary>
    public void OnAppended(short epoch, in RecentBatch batch)
    {
        Invariant.Assert(epoch >= Epoch);
        if (epoch > Epoch)
        {
            Epoch = epoch;
            _count = 0;
            _newest = -1;
        }
        _newest = (_newest + 1) % WindowBatches;
        _window[_newest] = batch;
        if (_count < WindowBatches)
        {
            _count++;
        }
    }
}
