using System.Net.Sockets;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// One TCP connection of a shard. Bytes to send are queued and go out at the end of the turn; what the socket
/// does not take waits until it is writable again.
/// </summary>
/// <remarks>
/// <code>
///   state        entered by                    receives  sends  left by
///   open         opening                       yes       yes    the peer's end of stream, Close, breaking
///   peer ended   the peer's end of stream      no        yes    all sent, Close, breaking, linger time
///   closed       any of these                  no        no     -
/// </code>
/// A peer that has stopped sending still gets what is queued for it, and what units of work already queued
/// answer, but nothing that is made later: as with Kafka, whoever wants an answer keeps its side open.
/// </remarks>
internal sealed class SocketConnection : IConnection, IPollable, IWork
{
    private const long ClosedToken = 0;
    private const long PeerEndedToken = 1;
    private const long LingerToken = 2;

    private readonly ShardHost _shard;
    private readonly SocketNetwork _network;
    private readonly Socket _socket;
    private readonly SendQueue _unsent;
    private IConnectionSink? _sink;        // known once the host has answered
    private int _slot = -1;                // in the poller; -1 before Start and after the end
    private PollEvents _interest;          // as the poller knows it
    private bool _isPaused;
    private bool _hasPeerEnded;
    private bool _isBlocked;               // bytes wait for the socket to be writable
    private bool _isDirty;                 // in the network's list of connections to flush
    private bool _isClosed;
    private CloseReason _closeReason;      // when closed
    private TimerId _linger;

    public SocketConnection(ShardHost shard, SocketNetwork network, Socket socket, NetworkAddress remote)
    {
        _shard = shard;
        _network = network;
        _socket = socket;
        _unsent = new SendQueue(network.Writer);
        Remote = remote;
    }

    public NetworkAddress Remote { get; }

    public long UnsentBytes => _unsent.UnsentBytes;

    private bool IsReading => !_isPaused && !_hasPeerEnded;

    /// <summary>The host has said who listens: from now on the socket is watched.</summary>
    public void Start(IConnectionSink sink)
    {
        _sink = sink;
        if (!_isClosed)
        {
            _interest = Wanted();
            _slot = _network.Poller.Add(this, _socket, _interest);
        }
    }

    public void Send(Lease lease, int start, int count)
    {
        Invariant.Assert(start >= 0 && count >= 0 && start <= lease.Capacity - count);
        if (_isClosed || count == 0)
        {
            lease.Release();
            return;
        }
        _unsent.Add(new SendPiece(lease, null, start, count));
        FlushLater();
    }

    public void SendFile(FileRange range)
    {
        var file = range.File as LogFile;
        Invariant.Assert(file is not null);
        Invariant.Assert(range.Offset >= 0 && range.Count >= 0 && range.Offset <= file.Length - range.Count);
        if (_isClosed || range.Count == 0)
        {
            return;
        }
        file.BeginSend();
        _unsent.Add(new SendPiece(null, file, range.Offset, range.Count));
        FlushLater();
    }

    /// <summary>
    /// The poller hears of it only if the peer does send meanwhile: pauses are mostly short.
    /// </summary>
    public void PauseReading() => _isPaused = true;

    public void ResumeReading()
    {
        _isPaused = false;
        TellPoller();
    }

    /// <summary>What is queued gets one chance to leave, unless the connection is to be reset.</summary>
    public void Close(CloseReason reason)
    {
        if (_isClosed)
        {
            return;
        }
        if (reason != CloseReason.Reset && !_isBlocked && !_unsent.IsEmpty)
        {
            _ = _unsent.SendTo(_socket);
        }
        End(reason);
    }

    public void OnReady(PollEvents events)
    {
        if ((events & PollEvents.Broken) != PollEvents.None && !IsReading)
        {
            End(BrokenReason());
            return;
        }
        if ((events & PollEvents.Writable) != PollEvents.None && _isBlocked)
        {
            _isBlocked = false;
            FlushLater();
        }
        if ((events & (PollEvents.Readable | PollEvents.Broken)) == PollEvents.None)
        {
            return;
        }
        if (IsReading)
        {
            Receive();
        }
        else
        {
            TellPoller();
        }
    }

    /// <summary>End of a turn: sends what is queued, as far as the socket takes it.</summary>
    public void Flush()
    {
        _isDirty = false;
        if (_isClosed || _unsent.IsEmpty)
        {
            return;
        }
        switch (_unsent.SendTo(_socket))
        {
            case SendProgress.Sent when !_unsent.IsEmpty:
                FlushLater();
                break;
            case SendProgress.Sent:
                OnAllSent();
                break;
            case SendProgress.Blocked:
                _isBlocked = true;
                TellPoller();
                break;
            case SendProgress.Broken:
                End(BrokenReason());
                break;
            case SendProgress.FileUnreadable:
                _shard.Trace.Mark("net.file-unreadable");
                End(CloseReason.Reset);
                break;
        }
    }

    public void Run(long token)
    {
        switch (token)
        {
            case ClosedToken:
                _sink!.OnClosed(_closeReason);
                break;
            case PeerEndedToken when _unsent.IsEmpty:
                End(CloseReason.Remote);
                break;
            case PeerEndedToken when !_isClosed:
                _linger = _shard.SetTimer(_shard.Now.PlusMs(NetLimits.LingerMs), this, LingerToken);
                break;
            case LingerToken:
                End(CloseReason.Remote);
                break;
        }
    }

    public void Abandon()
    {
        _isClosed = true;
        _socket.Dispose();
        _unsent.Clear();
    }

    private void Receive()
    {
        for (var room = NetLimits.ReceivesPerTurn; room > 0 && IsReading && !_isClosed; room--)
        {
            _shard.BeginUnit();
            var buffer = _sink!.ReceiveBuffer().Span;
            Invariant.Assert(buffer.Length > 0 && !_isClosed);
            var count = _socket.Receive(buffer, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return;
            }
            if (error != SocketError.Success)
            {
                End(BrokenReason());
                return;
            }
            if (count == 0)
            {
                OnPeerEnded();
                return;
            }
            _sink.OnReceived(count);
            if (count < buffer.Length)
            {
                return;    // the socket is empty, or tells again
            }
        }
    }

    private void OnPeerEnded()
    {
        _hasPeerEnded = true;
        TellPoller();
        _shard.Post(this, PeerEndedToken);
    }

    private void OnAllSent()
    {
        TellPoller();
        if (_hasPeerEnded)
        {
            End(CloseReason.Remote);
            return;
        }
        _shard.BeginUnit();
        _sink!.OnDrained();
    }

    private void FlushLater()
    {
        if (!_isDirty && !_isBlocked)
        {
            _isDirty = true;
            _network.FlushLater(this);
        }
    }

    private PollEvents Wanted() =>
        (IsReading ? PollEvents.Readable : PollEvents.None)
        | (_isBlocked ? PollEvents.Writable : PollEvents.None);

    private void TellPoller()
    {
        var wanted = Wanted();
        if (_slot >= 0 && wanted != _interest)
        {
            _interest = wanted;
            _network.Poller.Change(_slot, wanted);
        }
    }

    private CloseReason BrokenReason() => _hasPeerEnded ? CloseReason.Remote : CloseReason.Reset;

    private void End(CloseReason reason)
    {
        if (_isClosed)
        {
            return;
        }
        _isClosed = true;
        _closeReason = reason;
        _shard.Cancel(_linger);
        if (_slot >= 0)
        {
            _network.Poller.Remove(_slot);
            _slot = -1;
        }
        if (reason == CloseReason.Reset)
        {
            _socket.Close(timeout: 0);    // the peer must not take a cut stream for a complete one
        }
        else
        {
            _socket.Dispose();
        }
        _unsent.Clear();
        _shard.Post(this, ClosedToken);
    }
}
