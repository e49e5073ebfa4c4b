using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// TCP for one shard. Sockets are non-blocking and belong to the shard's thread, which receives and sends by
/// itself whenever the poller says that it can.
/// </summary>
internal sealed class SocketNetwork(ShardHost shard, IPoller poller, bool portable) : INetwork
{
    private readonly List<SocketConnection> _dirty = [];    // have bytes for the end of the turn; each once

    public IPoller Poller => poller;

    public SocketWriter Writer { get; } = new(portable);

    public bool HasDirty => _dirty.Count > 0;

    /// <summary>
    /// A host name is looked up at once: listeners are made at boot, when nothing else runs yet.
    /// </summary>
    public ListenResult Listen(NetworkAddress at, IConnectionHost host)
    {
        Invariant.Assert(shard.IsOnShard);
        return SocketListener.Open(shard, this, at, host);
    }

    public void Connect(NetworkAddress to, IConnectionHost host, long token, Instant deadline)
    {
        Invariant.Assert(shard.IsOnShard);
        new ConnectAttempt(shard, this, to, host, token, deadline).Begin();
    }

    /// <summary>A connected socket becomes a connection of the engine. A unit of work of its own.</summary>
    public void Open(Socket socket, NetworkAddress remote, IConnectionHost host, long token)
    {
        var connection = new SocketConnection(shard, this, socket, remote);
        shard.BeginUnit();
        connection.Start(host.OnOpened(connection, token));
    }

    /// <summary>
    /// What every connection's socket has. False: the peer is gone already, and the socket closed.
    /// </summary>
    public static bool TryConfigure(Socket socket)
    {
        try
        {
            socket.Blocking = false;
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            return true;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return false;
        }
    }

    public void FlushLater(SocketConnection connection) => _dirty.Add(connection);

    /// <summary>Flushes what is dirty now; what becomes dirty meanwhile waits for the next turn.</summary>
    public void FlushDirty()
    {
        var count = _dirty.Count;
        for (var i = 0; i < count && !shard.IsStopping; i++)
        {
            _dirty[i].Flush();
        }
        _dirty.RemoveRange(0, count);
    }

    /// <summary>Closes every socket and calls nobody.</summary>
    public void Abandon()
    {
        foreach (var target in poller.Targets())
        {
            target.Abandon();
        }
    }

    /// <summary>
    /// The peer as messages name it: IPv4 in its own notation, even on a dual-stack socket.
    /// </summary>
    public static NetworkAddress AddressOf(EndPoint? endPoint)
    {
        if (endPoint is not IPEndPoint ip)
        {
            return new NetworkAddress("", 0);
        }
        var address = ip.Address.IsIPv4MappedToIPv6 ? ip.Address.MapToIPv4() : ip.Address;
        return new NetworkAddress(address.ToString(), ip.Port);
    }
}
