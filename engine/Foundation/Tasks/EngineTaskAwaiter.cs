using System;

namespace Testbed.Foundation;

/// <summary>Awaits an <see cref="EngineTask"/>.</summary>
public readonly struct EngineTaskAwaiter : IEngineAwaiter
{
    private readonly EngineFrame? _frame;

    internal EngineTaskAwaiter(EngineFrame? frame) => _frame = frame;

    public bool IsCompleted => _frame is null || _frame.IsDone;

    public void GetResult() => _frame?.ThrowIfFailed();

    public void Park(EngineFrame frame) => _frame!.AwaitedBy(frame);

    public void OnCompleted(Action continuation) => EngineAwaiting.Refuse();

    public void UnsafeOnCompleted(Action continuation) => EngineAwaiting.Refuse();
}
