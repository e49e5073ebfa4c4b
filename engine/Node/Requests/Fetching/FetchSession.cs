using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Requests.Fetching;

/// <summary>
/// The partitions one client keeps asking for, so that it need not name them each time (KIP-227). They are
/// served in order; those that were given data go to the end, so that none starves (KAFKA-12330).
/// </summary>
public sealed class FetchSession(int id, bool usesTopicIds)
{
    private readonly LinkedList<FetchSessionPart> _order = new();
    private readonly Dictionary<FetchKey, LinkedListNode<FetchSessionPart>> _byKey = [];

    public int Id { get; } = id;

    /// <summary>Names and ids cannot be mixed in one session (KIP-516).</summary>
    public bool UsesTopicIds { get; } = usesTopicIds;

    /// <summary>The epoch the next fetch must carry.</summary>
    public int NextEpoch { get; private set; } = 1;

    public Instant LastUsed { get; set; }

    public int Count => _byKey.Count;

    public IEnumerable<FetchSessionPart> InOrder => _order;

    /// <summary>Adds a partition or changes what is asked of it.</summary>
    public FetchSessionPart Put(FetchKey key, FetchWish wish)
    {
        if (!_byKey.TryGetValue(key, out var node))
        {
            node = _order.AddLast(new FetchSessionPart(key));
            _byKey.Add(key, node);
        }
        node.Value.Wish = wish;
        return node.Value;
    }

    public void Forget(FetchKey key)
    {
        if (_byKey.Remove(key, out var node))
        {
            node.Value.IsForgotten = true;
            _order.Remove(node);
        }
    }

    /// <summary>Serves a part that is in the session after all others.</summary>
    public void MoveToEnd(FetchSessionPart part)
    {
        Invariant.Assert(!part.IsForgotten);
        var node = _byKey[part.Key];
        _order.Remove(node);
        _order.AddLast(node);
    }

    /// <summary>
    /// After the largest number the epoch goes on at 1; 0 and -1 have meanings of their own.
    /// </summary>
    public void AdvanceEpoch() => NextEpoch = NextEpoch == int.MaxValue ? 1 : NextEpoch + 1;
}
