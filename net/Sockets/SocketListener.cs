using System.Net;
using System.Net.Sockets;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// A listening socket. When the process is out of descriptors it rests for a while instead of asking again
/// and again: the connections wait in the kernel.
/// </summary>
internal sealed class SocketListener : IPollable, IWork
{
    private readonly ShardHost _shard;
    private readonly SocketNetwork _network;
    private readonly Socket _socket;
    private readonly IConnectionHost _host;
    private readonly int _port;
    private readonly int _slot;

    private SocketListener(ShardHost shard, SocketNetwork network, Socket socket, IConnectionHost host)
    {
        _shard = shard;
        _network = network;
        _socket = socket;
        _host = host;
        _port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        _slot = network.Poller.Add(this, socket, PollEvents.Readable);
    }

    public static ListenResult Open(
        ShardHost shard, SocketNetwork network, NetworkAddress at, IConnectionHost host)
    {
        Socket? socket = null;
        try
        {
            var address = SocketAddresses.ToListenAt(at.Host);
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }
            socket.Bind(new IPEndPoint(address, at.Port));    // sets SO_REUSEADDR outside Windows
            socket.Listen(NetLimits.ListenBacklog);
            socket.Blocking = false;
        }
        catch (SocketException error)
        {
            socket?.Dispose();
            return new ListenResult(SocketErrors.ListenStatusOf(error.SocketErrorCode), 0);
        }
        var listener = new SocketListener(shard, network, socket, host);
        return new ListenResult(ListenStatus.Listening, listener._port);
    }

    /// <summary>Accept throws when nobody waits, so it is asked for only when somebody does.</summary>
    public void OnReady(PollEvents events)
    {
        for (var i = 0; i < NetLimits.AcceptsPerTurn && !_shard.IsStopping; i++)
        {
            if ((i > 0 && !_socket.Poll(0, SelectMode.SelectRead)) || !TryAccept())
            {
                return;
            }
        }
    }

    /// <summary>The pause is over.</summary>
    public void Run(long token) => _network.Poller.Change(_slot, PollEvents.Readable);

    public void Abandon() => _socket.Dispose();

    /// <summary>False when nobody is left to accept, or nobody can be accepted now.</summary>
    private bool TryAccept()
    {
        Socket accepted;
        try
        {
            accepted = _socket.Accept();
        }
        catch (SocketException error)
        {
            if (!SocketErrors.IsPassingAcceptError(error.SocketErrorCode))
            {
                Pause(error.SocketErrorCode);
            }
            return false;
        }
        if (SocketNetwork.TryConfigure(accepted))
        {
            _network.Open(accepted, SocketNetwork.AddressOf(accepted.RemoteEndPoint), _host, 0);
        }
        return true;
    }

    private void Pause(SocketError error)
    {
        _network.Poller.Change(_slot, PollEvents.None);
        _shard.BeginUnit();
        _shard.SetTimer(_shard.Now.PlusMs(NetLimits.AcceptPauseMs), this, 0);
        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new AcceptingPaused(_port, error.ToString()));
        }
        _shard.Trace.Mark("net.accepting-paused");
    }
}
