using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// The network as one incarnation has it: its listeners, its connections and those it is still opening. All
/// of it is gone with the incarnation.
/// </summary>
internal sealed class ShardNetwork(SimNetwork network, SimNode node, SimShard shard) : INetwork
{
    private readonly SortedDictionary<int, IConnectionHost> _listeners = [];
    private readonly List<SimConnection> _connections = [];
    private readonly List<Handshake> _handshakes = [];

    public SimShard Shard => shard;

    public ListenResult Listen(NetworkAddress at, IConnectionHost host)
    {
        Invariant.Assert(at.Port is >= 0 and <= ushort.MaxValue);
        if (!shard.MayAct() || !IsOwn(at.Host))
        {
            return new ListenResult(ListenStatus.AddressUnavailable, 0);
        }
        var port = at.Port;
        while (port == 0 || (at.Port == 0 && _listeners.ContainsKey(port)))
        {
            port = node.TakeEphemeralPort();
        }
        if (!_listeners.TryAdd(port, host))
        {
            return new ListenResult(ListenStatus.AddressInUse, 0);
        }
        return new ListenResult(ListenStatus.Listening, port);
    }

    public void Connect(NetworkAddress to, IConnectionHost host, long token, Instant deadline)
    {
        if (!shard.MayAct())
        {
            return;
        }
        var target = network.TryResolve(to.Host, node, out var found) ? found : null;
        var handshake = new Handshake(this, host, to, token, network.LinkOf(node.Id, (target ?? node).Id),
            network.LinkOf((target ?? node).Id, node.Id));
        _handshakes.Add(handshake);
        handshake.Begin(shard.WorldTimeOf(deadline), isHostKnown: target is not null);
    }

    public bool IsListening(int port) => _listeners.ContainsKey(port);

    public NetworkAddress NewClientAddress() => new(node.Host, node.TakeEphemeralPort());

    /// <summary>The third leg of a handshake has arrived. False when nobody listens any more.</summary>
    public bool TryAccept(Pipe incoming, int port, NetworkAddress client, NodeId clientNode)
    {
        if (!_listeners.TryGetValue(port, out var host))
        {
            return false;
        }
        var connection = new SimConnection(this, incoming.Reverse, incoming, client, clientNode);
        _connections.Add(connection);
        connection.AcceptBy(host);
        return true;
    }

    public void Concluded(Handshake handshake) => _handshakes.Remove(handshake);

    public void Add(SimConnection connection) => _connections.Add(connection);

    public void Forget(SimConnection connection) => _connections.Remove(connection);

    public int ResetConnections(NodeId other)
    {
        var broken = _connections.FindAll(connection => connection.RemoteNode == other);
        foreach (var connection in broken)
        {
            connection.BreakBoth();
        }
        return broken.Count;
    }

    /// <summary>Different leases that wait to be sent.</summary>
    public int QueuedLeases()
    {
        var leases = new HashSet<Lease>();
        foreach (var connection in _connections)
        {
            connection.CollectLeases(leases);
        }
        return leases.Count;
    }

    public void Die(CrashKind kind)
    {
        foreach (var connection in _connections)
        {
            connection.Die(kind);
        }
        foreach (var handshake in _handshakes)
        {
            handshake.Die();
        }
        _connections.Clear();
        _handshakes.Clear();
        _listeners.Clear();
    }

    private bool IsOwn(string host) => host.Length == 0 || host == node.Host || host == "localhost";
}
