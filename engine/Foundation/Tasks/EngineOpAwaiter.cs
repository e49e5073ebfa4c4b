using System;

namespace Testbed.Foundation;

/// <summary>
/// Awaits an <see cref="EngineOp{T}"/>. Never completed at once, even when the operation is: every await of
/// the outside world is a scheduling point in both worlds alike.
/// </summary>
public readonly struct EngineOpAwaiter<T> : IEngineAwaiter
{
    private readonly EngineOp<T> _op;

    internal EngineOpAwaiter(EngineOp<T> op) => _op = op;

    public bool IsCompleted => false;

    public T GetResult() => _op.Result;

    public void Park(EngineFrame frame)
    {
        frame.ParkOn(_op.Shard);
        _op.Then(frame, 0);
    }

    public void OnCompleted(Action continuation) => EngineAwaiting.Refuse();

    public void UnsafeOnCompleted(Action continuation) => EngineAwaiting.Refuse();
}
