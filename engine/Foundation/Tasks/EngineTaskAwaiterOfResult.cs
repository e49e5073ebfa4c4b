using System;

namespace Testbed.Foundation;

/// <summary>Awaits an <see cref="EngineTask{TResult}"/>.</summary>
public readonly struct EngineTaskAwaiter<TResult> : IEngineAwaiter
{
    private readonly EngineFrame<TResult>? _frame;
    private readonly TResult _result;

    internal EngineTaskAwaiter(EngineFrame<TResult>? frame, TResult result)
    {
        _frame = frame;
        _result = result;
    }

    public bool IsCompleted => _frame is null || _frame.IsDone;

    public TResult GetResult()
    {
        if (_frame is null)
        {
            return _result;
        }
        _frame.ThrowIfFailed();
        return _frame.Result;
    }

    public void Park(EngineFrame frame) => _frame!.AwaitedBy(frame);

    public void OnCompleted(Action continuation) => EngineAwaiting.Refuse();

    public void UnsafeOnCompleted(Action continuation) => EngineAwaiting.Refuse();
}
