using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// One call of Connect until it succeeds or fails: looks the name up on a worker thread, then tries its
/// addresses one after another. What is left of the time is shared evenly by the addresses left, so that a
/// silent one cannot use it up.
/// </summary>
internal sealed class ConnectAttempt(
    ShardHost shard,
    SocketNetwork network,
    NetworkAddress to,
    IConnectionHost host,
    long token,
    Instant deadline)
    : IPollable, IWork
{
    private const long LookedUpToken = 0;
    private const long TimeIsUpToken = 1;

    private IPAddress[] _addresses = [];
    private int _tried;              // addresses tried, the current one included
    private Task<IPAddress[]>? _lookup;    // of a name; posts when it is done
    private Socket? _socket;         // connecting; watched under _slot
    private int _slot;
    private TimerId _timer;          // the current address's, or the whole attempt's during the look-up
    private CloseReason _lastFailure = CloseReason.Unreachable;
    private bool _isOver;

    public void Begin()
    {
        _timer = shard.SetTimer(deadline, this, TimeIsUpToken);
        if (IPAddress.TryParse(to.Host, out var numeric))
        {
            _addresses = [numeric];
            shard.Post(this, LookedUpToken);
        }
        else
        {
            _lookup = SocketAddresses.LookUpAsync(to.Host);
            _lookup.GetAwaiter().UnsafeOnCompleted(() => shard.Post(this, LookedUpToken));
        }
    }

    public void Run(long what)
    {
        if (_isOver)
        {
            return;
        }
        if (what == LookedUpToken)
        {
            TakeLookup();
            TryNext();
        }
        else if (_socket is null || _tried == _addresses.Length)
        {
            Fail(CloseReason.Timeout);
        }
        else
        {
            _lastFailure = CloseReason.Timeout;
            DropSocket();
            TryNext();
        }
    }

    /// <summary>The socket is connected, or it never will be.</summary>
    public void OnReady(PollEvents events)
    {
        Invariant.Assert(_socket is not null);
        var error = SocketErrors.PendingOn(_socket);
        if (error == SocketError.Success && IsConnectedToItself(_socket))
        {
            error = SocketError.ConnectionRefused;
        }
        if (error == SocketError.Success)
        {
            Succeed();
            return;
        }
        _lastFailure = SocketErrors.ConnectFailureOf(error);
        DropSocket();
        TryNext();
    }

    public void Abandon() => _socket?.Dispose();

    private void TakeLookup()
    {
        if (_lookup is not null)
        {
            var found = _lookup.GetAwaiter().GetResult();
            _addresses = found[..Math.Min(found.Length, NetLimits.AddressesPerName)];
        }
    }

    private void TryNext()
    {
        while (_tried < _addresses.Length)
        {
            _tried++;
            if (TryBegin(_addresses[_tried - 1]))
            {
                ShareTime();
                return;
            }
        }
        Fail(_lastFailure);
    }

    /// <summary>
    /// False when the attempt failed on the spot; a connection made on the spot is told by the poller too.
    /// </summary>
    private bool TryBegin(IPAddress address)
    {
        var error = SocketAddresses.BeginConnect(address, to.Port, out _socket);
        if (_socket is null)
        {
            _lastFailure = SocketErrors.ConnectFailureOf(error);
            return false;
        }
        _slot = network.Poller.Add(this, _socket, PollEvents.Writable);
        return true;
    }

    private void ShareTime()
    {
        var addressesLeft = _addresses.Length - _tried + 1;
        var ticksLeft = Math.Max(0, deadline.Ticks - shard.Now.Ticks);
        shard.Cancel(_timer);
        var due = new Instant(shard.Now.Ticks + ticksLeft / addressesLeft);
        _timer = shard.SetTimer(due, this, TimeIsUpToken);
    }

    /// <summary>
    /// A port of the ephemeral range that nobody listens on may be picked for this very socket: TCP then
    /// connects it to itself (simultaneous open, RFC 9293 3.5).
    /// </summary>
    private static bool IsConnectedToItself(Socket socket)
    {
        try
        {
            return socket.LocalEndPoint is { } local && local.Equals(socket.RemoteEndPoint);
        }
        catch (SocketException)
        {
            return false;    // gone again: the first receive will tell
        }
    }

    private void Succeed()
    {
        var socket = _socket!;
        network.Poller.Remove(_slot);
        _socket = null;
        Finish();
        if (SocketNetwork.TryConfigure(socket))
        {
            network.Open(socket, to, host, token);
        }
        else
        {
            TellFailure(CloseReason.Refused);
        }
    }

    private void DropSocket()
    {
        network.Poller.Remove(_slot);
        _socket!.Dispose();
        _socket = null;
    }

    private void Fail(CloseReason reason)
    {
        if (_socket is not null)
        {
            DropSocket();
        }
        Finish();
        TellFailure(reason);
    }

    private void TellFailure(CloseReason reason)
    {
        shard.BeginUnit();
        host.OnConnectFailed(token, reason);
    }

    private void Finish()
    {
        shard.Cancel(_timer);
        _isOver = true;
    }
}
