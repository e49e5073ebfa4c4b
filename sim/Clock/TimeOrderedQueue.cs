using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Events by due time; those due at the same time in the order in which they were asked for.
/// </summary>
public sealed class TimeOrderedQueue : IEventQueue
{
    private readonly EventHeap<SimEvent> _heap = new();

    public int Count => _heap.Count;

    public Instant NextDue => _heap.NextDue;

    public HeapHandle Push(Instant due, in SimEvent happening) => _heap.Push(due, happening);

    public bool Remove(HeapHandle handle) => _heap.Remove(handle);

    public bool TryPop(out Instant due, out SimEvent next) => _heap.TryPop(out due, out next);

    public int RemoveOf(SimShard dead) =>
        _heap.RemoveAll(happening => ReferenceEquals(happening.Shard, dead));
}
