using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// What happens next is this queue's choice: <see cref="TimeOrderedQueue"/> keeps to due times and sequence,
/// a strategy that explores may let any event go first that could. It must keep in their order the posts of
/// one shard and the events that share a work object.
/// </summary>
public interface IEventQueue
{
    int Count { get; }

    /// <summary>
    /// When <see cref="TryPop"/> will say its event happens; <see cref="Instant.Never"/> when nothing will.
    /// </summary>
    Instant NextDue { get; }

    HeapHandle Push(Instant due, in SimEvent happening);

    /// <summary>False when the event has come out or was removed before.</summary>
    bool Remove(HeapHandle handle);

    bool TryPop(out Instant due, out SimEvent next);

    /// <summary>Drops all events of one incarnation and tells how many there were.</summary>
    int RemoveOf(SimShard dead);
}
