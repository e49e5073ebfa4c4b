using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What changes the segments of a log behind its writer (truncation, deletion, compaction's last step,
/// closing) takes turns, in the order asked for.
/// </summary>
internal sealed class ExclusiveTurns(IShard shard)
{
    private readonly Queue<EngineOp<bool>> _waiting = new();
    private bool _isTaken;

    /// <summary>Completes when it is the caller's turn, who must end it.</summary>
    public EngineOp<bool> Take()
    {
        var turn = new EngineOp<bool>(shard);
        if (_isTaken)
        {
            _waiting.Enqueue(turn);
        }
        else
        {
            _isTaken = true;
            turn.Complete(true);
        }
        return turn;
    }

    /// <summary>True when it is the caller's turn at once.</summary>
    public bool TryTake()
    {
        if (_isTaken)
        {
            return false;
        }
        _isTaken = true;
        return true;
    }

    public void End()
    {
        Invariant.Assert(_isTaken);
        if (_waiting.TryDequeue(out var next))
        {
            next.Complete(true);
        }
        else
        {
            _isTaken = false;
        }
    }
}
