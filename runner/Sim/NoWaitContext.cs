using System;
using System.Threading;

namespace Testbed.Runner.Sim;

/// <summary>
/// The synchronization context of a simulated run. The runtime asks it before the thread blocks: on a
/// contended lock, an event, a semaphore, Task.Result. It refuses, and notes what was posted to it: somebody
/// awaited a task of the framework. It is not asked about Thread.Sleep, spinning or synchronous file access;
/// the fences over the engine's code are.
/// </summary>
internal sealed class NoWaitContext : SynchronizationContext
{
    private int _postedCount;    // written by whichever thread completes a task

    public NoWaitContext() => SetWaitNotificationRequired();

    /// <summary>Continuations that wanted to run here; none did.</summary>
    public int PostedCount => Volatile.Read(ref _postedCount);

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout) =>
        throw new SimulationEscapeException("the run blocked its thread");

    public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _postedCount);

    public override void Send(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _postedCount);

    public override SynchronizationContext CreateCopy() => this;
}
