using System;
using System.Runtime.ExceptionServices;

namespace Testbed.Foundation;

/// <summary>
/// One suspended <see cref="EngineTask"/> method. It resumes only as a unit of work of its shard: every await
/// is a scheduling point, and a crash that drops the shard's queue drops the frame, without running a finally
/// block.
/// </summary>
public abstract class EngineFrame : IWork
{
    private IShard? _shard;           // known from the first park on
    private EngineFrame? _waiter;     // the frame that awaits this one; at most one
    private ExceptionDispatchInfo? _error;

    internal bool IsDone { get; private set; }

    /// <summary>Goes on with the method after what it awaited.</summary>
    public abstract void Run(long token);

    /// <summary>The frame awaits an operation of this shard.</summary>
    internal void ParkOn(IShard shard)
    {
        Invariant.Assert(_shard is null || ReferenceEquals(_shard, shard));
        _shard = shard;
    }

    /// <summary><paramref name="waiter"/> awaits this frame, which is still suspended.</summary>
    internal void AwaitedBy(EngineFrame waiter)
    {
        Invariant.Assert(!IsDone);
        Invariant.Assert(_waiter is null);
        Invariant.Assert(_shard is not null);
        waiter.ParkOn(_shard);
        _waiter = waiter;
    }

    internal void Finish()
    {
        Invariant.Assert(!IsDone);
        Invariant.Assert(_shard is not null);
        IsDone = true;
        if (_waiter is not null)
        {
            _shard.Post(_waiter, 0);
            _waiter = null;
        }
    }

    /// <summary>
    /// The method threw. Whoever awaits it gets the exception; when nobody does, the shard's loop gets it and
    /// the node stops: a workflow never fails in silence.
    /// </summary>
    internal void Fail(Exception error)
    {
        if (_waiter is null)
        {
            ExceptionDispatchInfo.Throw(error);
        }
        _error = ExceptionDispatchInfo.Capture(error);
        Finish();
    }

    internal void ThrowIfFailed()
    {
        Invariant.Assert(IsDone);
        _error?.Throw();
    }
}
