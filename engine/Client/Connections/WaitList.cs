using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>
/// Workflows that wait for the same thing to happen, each no longer than it likes. Being woken says only that
/// it is time to look again.
/// </summary>
internal sealed class WaitList : IDeadlineSink<EngineOp<bool>>
{
    private readonly IShard _shard;
    private readonly DeadlineQueue<EngineOp<bool>> _deadlines;
    private readonly List<(EngineOp<bool> Wait, HeapHandle Deadline)> _waits = [];

    public WaitList(IShard shard)
    {
        _shard = shard;
        _deadlines = new DeadlineQueue<EngineOp<bool>>(shard, this);
    }

    /// <summary>Completes with true when it happens, with false at the deadline.</summary>
    public EngineOp<bool> Wait(Instant deadline)
    {
        var wait = new EngineOp<bool>(_shard);
        if (_shard.Now >= deadline)
        {
            wait.Complete(false);
        }
        else
        {
            _waits.Add((wait, _deadlines.Add(deadline, wait)));
        }
        return wait;
    }

    /// <summary>It has happened: all who wait now are woken.</summary>
    public void WakeAll()
    {
        foreach (var (wait, deadline) in _waits)
        {
            _deadlines.Remove(deadline);
            wait.Complete(true);
        }
        _waits.Clear();
    }

    void IDeadlineSink<EngineOp<bool>>.OnDeadline(EngineOp<bool> row)
    {
        _waits.RemoveAll(waiting => ReferenceEquals(waiting.Wait, row));
        row.Complete(false);
    }
}
