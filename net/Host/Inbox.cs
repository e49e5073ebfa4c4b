using System.Collections.Concurrent;
using System.Threading;

namespace Testbed.Net;

/// <summary>
/// Work posted by other threads. Many put, the shard takes. Waking costs a system call and is owed only to a
/// shard that sleeps: the shard says so before it looks a last time, and whoever puts looks for that only
/// after putting. With a full fence between the two steps on both sides, at least one of the two sees the
/// other.
/// </summary>
internal sealed class Inbox
{
    private readonly ConcurrentQueue<WorkItem> _items = new();
    private int _isSleeping;    // 1: the shard waits in the poller, or is about to; who sets it to 0 wakes it

    /// <summary>Any thread. True when the caller must wake the shard.</summary>
    public bool Put(WorkItem item)
    {
        _items.Enqueue(item);
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _isSleeping) != 0 && Interlocked.Exchange(ref _isSleeping, 0) != 0;
    }

    public bool TryTake(out WorkItem item) => _items.TryDequeue(out item);

    /// <summary>The shard is about to wait. False: something has arrived, do not.</summary>
    public bool TryFallAsleep()
    {
        Interlocked.Exchange(ref _isSleeping, 1);
        if (_items.IsEmpty)
        {
            return true;
        }
        BeAwake();
        return false;
    }

    public void BeAwake() => Volatile.Write(ref _isSleeping, 0);
}
