using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Sim;

/// <summary>A server finds every message that it ever acknowledged whenever it starts.</summary>
internal sealed class AckedIsDurable : IOracle
{
    private readonly SortedDictionary<int, SortedSet<long>> _acked = [];
    private readonly SortedDictionary<int, SortedSet<long>> _found = [];

    public int AckedCount { get; private set; }

    public void OnTrace(World world, NodeId node, Instant time, ITraceEvent happened)
    {
        switch (happened)
        {
            case EchoAcked acked:
                AckedCount += Of(_acked, acked.Server).Add(acked.Id) ? 1 : 0;
                break;
            case NodeStarted:
                Of(_found, node).Clear();
                break;
            case EchoFound found:
                Of(_found, node).Add(found.Id);
                break;
            case EchoRecovered when !Of(_acked, node).IsSubsetOf(Of(_found, node)):
                world.Fail("acknowledged messages survive", node);
                break;
            default:
                break;
        }
    }

    private static SortedSet<long> Of(SortedDictionary<int, SortedSet<long>> sets, NodeId node)
    {
        if (!sets.TryGetValue(node.Value, out var set))
        {
            set = [];
            sets.Add(node.Value, set);
        }
        return set;
    }
}
