using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>A side of a connection is told that it is over.</summary>
internal readonly record struct ConnectionClosed(NodeId Peer, CloseReason Reason) : ITraceEvent
{
    public string Name => ".connection-closed";

    public void Describe(ITraceFields fields)
    {
        fields.Add("peer", Peer.Value);
        fields.Add("reason", (long)Reason);
    }
}
