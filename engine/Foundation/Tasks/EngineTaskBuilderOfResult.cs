using System;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Testbed.Foundation;

/// <summary>
/// The compiler's hook for `async EngineTask&lt;T&gt;`; see <see cref="EngineTaskBuilder"/>.
/// </summary>
public struct EngineTaskBuilder<TResult>
{
    private EngineFrame<TResult>? _frame;
    private TResult _result;

    public static EngineTaskBuilder<TResult> Create() => default;

    public readonly EngineTask<TResult> Task => new(_frame, _result);

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine) => _ = stateMachine;

    public void SetResult(TResult result)
    {
        if (_frame is null)
        {
            _result = result;
        }
        else
        {
            _frame.Finish(result);
        }
    }

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
            var frame = new MachineFrame<TStateMachine, TResult>();
            _frame = frame;
            frame.Machine = stateMachine;
        }
        awaiter.Park(_frame);
    }
}
