using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Testbed.Net;

/// <summary>
/// Tells which sockets of a shard are ready. Level-triggered: what is not taken care of is told again.
/// Everything but <see cref="Wake"/> belongs to the shard's thread.
/// </summary>
internal interface IPoller : IDisposable
{
    /// <summary>Watches a socket from now on; the number names it until it is removed.</summary>
    int Add(IPollable target, Socket socket, PollEvents interest);

    void Change(int slot, PollEvents interest);

    /// <summary>Before the socket is closed. What had been found ready about it is forgotten.</summary>
    void Remove(int slot);

    /// <summary>
    /// Waits at most <paramref name="timeoutMs"/> (0: only looks; -1: for ever) and says how many sockets are
    /// ready. Ends early, perhaps with 0, when woken.
    /// </summary>
    int Wait(int timeoutMs);

    /// <summary>One of the sockets found by the last wait. False when it has been removed since.</summary>
    bool TryReady(int index, [NotNullWhen(true)] out IPollable? target, out PollEvents events);

    /// <summary>Any thread: ends the current wait, or the next one. After disposal it does nothing.</summary>
    void Wake();

    /// <summary>Everything being watched.</summary>
    IReadOnlyList<IPollable> Targets();
}
