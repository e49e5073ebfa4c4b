using System.Runtime.CompilerServices;

namespace Testbed.Foundation;

/// <summary>
/// An asynchronous workflow of the engine: boot, recovery, a log's writer. Awaits engine operations and other
/// engine tasks, nothing else. Not for requests that wait: those are rows with deadlines. It may be awaited
/// once, or not at all; an exception that nobody awaits stops the node.
/// </summary>
[AsyncMethodBuilder(typeof(EngineTaskBuilder))]
public readonly struct EngineTask
{
    private readonly EngineFrame? _frame;    // null: completed without ever waiting

    internal EngineTask(EngineFrame? frame) => _frame = frame;

    public bool IsCompleted => _frame is null || _frame.IsDone;

    public EngineTaskAwaiter GetAwaiter() => new(_frame);
}
