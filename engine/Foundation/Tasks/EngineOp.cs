namespace Testbed.Foundation;

/// <summary>
/// One operation of the outside world that completes later. Completed exactly once, on its shard; whoever
/// waits for it is posted to the shard's queue, never run inside <see cref="Complete"/>. A crash simply never
/// completes it.
/// </summary>
public sealed class EngineOp<T>(IShard shard)
{
    private IWork? _waiter;       // posted once at completion
    private long _waiterToken;
    private T _result = default!;

    public bool IsCompleted { get; private set; }

    internal IShard Shard => shard;

    /// <summary>What came of it; only once it has completed.</summary>
    public T Result
    {
        get
        {
            Invariant.Assert(IsCompleted);
            return _result;
        }
    }

    public void Complete(T result)
    {
        Invariant.Assert(!IsCompleted);
        IsCompleted = true;
        _result = result;
        if (_waiter is not null)
        {
            shard.Post(_waiter, _waiterToken);
            _waiter = null;
        }
    }

    /// <summary>Posts <paramref name="work"/> once the operation has completed; at most one waits.</summary>
    public void Then(IWork work, long token)
    {
        Invariant.Assert(_waiter is null);
        if (IsCompleted)
        {
            shard.Post(work, token);
            return;
        }
        _waiter = work;
        _waiterToken = token;
    }

    public EngineOpAwaiter<T> GetAwaiter() => new(this);
}
