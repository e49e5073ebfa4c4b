using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// The network of a world: hosts by name and a directed link for each pair of nodes. What a fault does to the
/// network it does here. Traffic itself is the business of <see cref="Pipe"/>.
/// </summary>
public sealed class SimNetwork
{
    private readonly World _world;
    private readonly Dictionary<string, SimNode> _hosts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(int From, int To), Link> _links = [];

    private byte[] _scratch = [];

    internal SimNetwork(World world) => _world = world;

    internal World World => _world;

    internal NetworkOptions Options => _world.Options.Network;

    /// <summary>Nothing gets from one node to the other any more. The other way is not touched.</summary>
    public void Cut(NodeId from, NodeId to) => LinkOf(from, to).IsCut = true;

    /// <summary>
    /// Undoes <see cref="Cut"/>. What was sent meanwhile arrives when it is next sent again, in order.
    /// </summary>
    public void Heal(NodeId from, NodeId to) => LinkOf(from, to).IsCut = false;

    public bool IsCut(NodeId from, NodeId to) => LinkOf(from, to).IsCut;

    /// <summary>Undoes all cuts.</summary>
    public void HealAll()
    {
        foreach (var link in _links.Values)
        {
            link.IsCut = false;
        }
    }

    /// <summary>
    /// Holds back all that goes from one node to the other until <paramref name="until"/>, in order.
    /// </summary>
    public void Stall(NodeId from, NodeId to, Instant until) => LinkOf(from, to).StalledUntil = until;

    /// <summary>Makes a link slower or faster than its neighbours. Order within a connection stays.</summary>
    public void SetDelay(NodeId from, NodeId to, Delay delay) => LinkOf(from, to).Delay = delay;

    /// <summary>Breaks all connections between two nodes, at both ends, and tells how many.</summary>
    public int ResetConnections(NodeId one, NodeId other)
    {
        var shard = _world.Node(one).Shard;
        return shard is null ? 0 : ((ShardNetwork)shard.Network).ResetConnections(other);
    }

    /// <summary>Room for bytes on their way from one place to another, valid until the next call.</summary>
    internal Span<byte> Scratch(int count)
    {
        if (_scratch.Length < count)
        {
            _scratch = new byte[Math.Max(count, 64 * 1024)];
        }
        return _scratch.AsSpan(0, count);
    }

    internal void Register(SimNode node) => _hosts.Add(node.Host, node);

    internal bool TryResolve(string host, SimNode asking, out SimNode node)
    {
        node = asking;
        return host == "localhost" || _hosts.TryGetValue(host, out node!);
    }

    internal Link LinkOf(NodeId from, NodeId to)
    {
        if (!_links.TryGetValue((from.Value, to.Value), out var link))
        {
            link = new Link(_world.Node(from), _world.Node(to), Options.Delay);
            _links.Add((from.Value, to.Value), link);
        }
        return link;
    }
}
