using System.Runtime.CompilerServices;

namespace Testbed.Foundation;

/// <summary>
/// The frame of a method without a result: its state machine, moved to the heap at the first suspension.
/// </summary>
internal sealed class MachineFrame<TStateMachine> : EngineFrame
    where TStateMachine : IAsyncStateMachine
{
    public TStateMachine Machine = default!;

    public override void Run(long token) => Machine.MoveNext();
}
