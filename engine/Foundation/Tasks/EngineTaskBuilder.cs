using System;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Testbed.Foundation;

/// <summary>
/// The compiler's hook for `async EngineTask`. Its constraint on awaiters is the first fence: nothing foreign
/// can be awaited. A method that never suspends costs nothing, and its exception goes straight to its caller.
/// </summary>
public struct EngineTaskBuilder
{
    private EngineFrame? _frame;

    public static EngineTaskBuilder Create() => default;

    public readonly EngineTask Task => new(_frame);

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => _ = stateMachine;

    public readonly void SetResult() => _frame?.Finish();

    public readonly void SetException(Exception exception)
    {
        if (_frame is null)
        {
            ExceptionDispatchInfo.Throw(exception);
        }
        _frame.Fail(exception);
    }

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(
        ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : IEngineAwaiter
        where TStateMachine : IAsyncStateMachine => AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(
        ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : IEngineAwaiter
        where TStateMachine : IAsyncStateMachine
    {
        if (_frame is null)
        {
            // The machine is copied after _frame is set: the copy must know its own frame.
            var frame = new MachineFrame<TStateMachine>();
            _frame = frame;
            frame.Machine = stateMachine;
        }
        awaiter.Park(_frame);
    }
}
