using System;
using System.Threading;

namespace Testbed.Tests.Sim;

/// <summary>Throws where the thread would block: on a contended lock, an event, a task's result.</summary>
internal sealed class NoWaiting : SynchronizationContext
{
    public NoWaiting() => SetWaitNotificationRequired();

    public override int Wait(IntPtr[] waitHandles, bool waitAll, int millisecondsTimeout) =>
        throw new InvalidOperationException("nothing blocks in a simulated world");

    public override void Post(SendOrPostCallback d, object? state) =>
        throw new InvalidOperationException("nothing is posted out of a simulated world");
}
