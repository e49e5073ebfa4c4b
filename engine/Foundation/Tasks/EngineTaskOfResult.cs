using System.Runtime.CompilerServices;

namespace Testbed.Foundation;

/// <summary>An asynchronous workflow that ends with a value; see <see cref="EngineTask"/>.</summary>
[AsyncMethodBuilder(typeof(EngineTaskBuilder<>))]
public readonly struct EngineTask<TResult>
{
    private readonly EngineFrame<TResult>? _frame;    // null: completed without ever waiting
    private readonly TResult _result;

    internal EngineTask(EngineFrame<TResult>? frame, TResult result)
    {
        _frame = frame;
        _result = result;
    }

    public bool IsCompleted => _frame is null || _frame.IsDone;

    public EngineTaskAwaiter<TResult> GetAwaiter() => new(_frame, _result);
}
