using System.Runtime.CompilerServices;

namespace Testbed.Foundation;

/// <summary>The frame of a method with a result.</summary>
internal sealed class MachineFrame<TStateMachine, TResult> : EngineFrame<TResult>
    where TStateMachine : IAsyncStateMachine
{
    public TStateMachine Machine = default!;

    public override void Run(long token) => Machine.MoveNext();
}
