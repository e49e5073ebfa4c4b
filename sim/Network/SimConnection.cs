using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// One side of a connection, as the engine holds it. Turns what the pipes bring into calls of the sink, each
/// a unit of work of its own; OnClosed is the last.
/// </summary>
/// <remarks>
/// <code>
///   Open --Close, Break, end of stream read--> Closing --unit of work tells the sink--> Closed
///   any state --crash--> Closed, sink forgotten
/// </code>
/// </remarks>
internal sealed class SimConnection : IConnection, IWork
{
    private readonly ShardNetwork _home;
    private readonly Pipe _outgoing;
    private readonly Pipe _incoming;
    private IConnectionSink? _sink;      // null before the host has named it and after it was told the end
    private IConnectionHost? _accepter;  // who names the sink; only until it has
    private ConnectionState _state;
    private CloseReason _reason;         // valid from Closing on
    private bool _isPaused;
    private bool _isDelivering;          // a Deliver unit is in the world's queue

    public SimConnection(
        ShardNetwork home, Pipe outgoing, Pipe incoming, NetworkAddress remote, NodeId remoteNode)
    {
        _home = home;
        _outgoing = outgoing;
        _incoming = incoming;
        Remote = remote;
        RemoteNode = remoteNode;
        outgoing.Sender = this;
        incoming.Receiver = this;
    }

    public NetworkAddress Remote { get; }

    public NodeId RemoteNode { get; }

    public long UnsentBytes => _outgoing.Unsent.Bytes;

    private SimShard Shard => _home.Shard;

    public void Send(Lease lease, int start, int count)
    {
        Invariant.Assert(start >= 0 && count >= 0 && start <= lease.Capacity - count);
        if (!Shard.MayAct())
        {
            return;
        }
        if (_state != ConnectionState.Open || count == 0)
        {
            lease.Release();
            return;
        }
        _outgoing.Unsent.Add(new Outgoing(lease, null, start, count));
        _outgoing.OnQueued();
    }

    public void SendFile(FileRange range)
    {
        var file = (SimFile)range.File;
        Invariant.Assert(range.Offset >= 0 && range.Count >= 0 && range.Offset <= file.Length - range.Count);
        Invariant.Assert(file.IsOpen);
        if (!Shard.MayAct() || _state != ConnectionState.Open || range.Count == 0)
        {
            return;
        }
        _outgoing.Unsent.Add(new Outgoing(null, file, range.Offset, range.Count));
        _outgoing.OnQueued();
    }

    public void PauseReading()
    {
        if (Shard.MayAct())
        {
            _isPaused = true;
        }
    }

    public void ResumeReading()
    {
        if (Shard.MayAct())
        {
            _isPaused = false;
            OnReadable();
        }
    }

    public void Close(CloseReason reason)
    {
        if (!Shard.MayAct() || _state == ConnectionState.Closed)
        {
            return;
        }
        if (_state == ConnectionState.Closing)
        {
            _reason = reason;
            return;
        }
        _incoming.Receiver = null;
        if (_incoming.ArrivedBytes > 0)
        {
            // Closing with unread bytes resets, and bytes on their way may be lost with it (RFC 2525, 2.17).
            _outgoing.Unsent.ReleaseAll();
            SendResetPerhapsAtOnce();
        }
        else
        {
            if (_outgoing.Chance(1, 2))
            {
                _outgoing.Unsent.ReleaseAll();
            }
            _outgoing.EndWhenEmpty();
        }
        BecomeClosing(reason);
    }

    public void Run(long token)
    {
        switch (token)
        {
            case ConnectionStep.Accept:
                BecomeHeard(_accepter!.OnOpened(this, 0));
                break;
            case ConnectionStep.Deliver:
                _isDelivering = false;
                Deliver();
                break;
            case ConnectionStep.Drained:
                if (_state == ConnectionState.Open && UnsentBytes == 0)
                {
                    _sink!.OnDrained();
                }
                break;
            default:
                Invariant.Assert(token == ConnectionStep.Closed);
                BecomeClosed();
                break;
        }
    }

    /// <summary>
    /// The host is asked for a sink in a unit of work of its own; what arrives meanwhile waits.
    /// </summary>
    public void AcceptBy(IConnectionHost host)
    {
        _accepter = host;
        Schedule(ConnectionStep.Accept);
    }

    /// <summary>The host has named the sink.</summary>
    public void BecomeHeard(IConnectionSink sink)
    {
        _sink = sink;
        _accepter = null;
        OnReadable();
    }

    /// <summary>Bytes or the end of the stream may be read, if the owner wants to.</summary>
    public void OnReadable()
    {
        var canRead = _incoming.ArrivedBytes > 0 || _incoming.HasEnded;
        if (canRead && _state == ConnectionState.Open && !_isPaused && !_isDelivering && _sink is not null)
        {
            _isDelivering = true;
            Schedule(ConnectionStep.Deliver);
        }
    }

    /// <summary>The send queue has become empty.</summary>
    public void OnAllLeft()
    {
        if (_state == ConnectionState.Open)
        {
            Schedule(ConnectionStep.Drained);
        }
        LeaveWhenDone();
    }

    /// <summary>
    /// The connection is over without this side's doing; nothing more of it is sent or read here.
    /// </summary>
    public void Break(CloseReason reason)
    {
        _incoming.Receiver = null;
        _outgoing.Unsent.ReleaseAll();
        if (_state == ConnectionState.Open)
        {
            BecomeClosing(reason);
        }
        LeaveWhenDone();
    }

    /// <summary>Breaks both ends at once.</summary>
    public void BreakBoth()
    {
        var peer = _outgoing.Receiver;
        Break(CloseReason.Reset);
        _outgoing.DropUnarrived();
        _incoming.DropUnarrived();
        peer?.Break(CloseReason.Reset);
    }

    /// <summary>
    /// The incarnation is dead: the kernel, if it lives, tells the peer; nobody tells the sink.
    /// </summary>
    public void Die(CrashKind kind)
    {
        var wasOpen = _state == ConnectionState.Open;
        _state = ConnectionState.Closed;
        _sink = null;
        _accepter = null;
        _incoming.Receiver = null;
        _outgoing.Sender = null;
        _outgoing.Unsent.Forget();
        if (kind == CrashKind.PowerCut)
        {
            _outgoing.OnSenderPowerCut();
        }
        else if (wasOpen && (_incoming.ArrivedBytes > 0 || _outgoing.Chance(1, 2)))
        {
            SendResetPerhapsAtOnce();
        }
        else if (wasOpen)
        {
            _outgoing.EndWhenEmpty();
        }
        else
        {
            _outgoing.OnQueued();
        }
    }

    public void CollectLeases(HashSet<Lease> into) => _outgoing.Unsent.CollectLeases(into);

    private void Deliver()
    {
        if (_state != ConnectionState.Open || _isPaused)
        {
            return;
        }
        if (_incoming.ArrivedBytes == 0)
        {
            Invariant.Assert(_incoming.HasEnded);
            Break(CloseReason.Remote);
            return;
        }
        var buffer = _sink!.ReceiveBuffer();
        Invariant.Assert(!buffer.IsEmpty);
        if (_state != ConnectionState.Open)
        {
            return;
        }
        var count = _incoming.NextPiece(Math.Min(buffer.Length, _incoming.ArrivedBytes));
        var piece = buffer.Span[..count];
        _incoming.Take(piece);
        Shard.World.Trace.Operation(Shard.Id.Node, new BytesReceived(RemoteNode, count, Crc32C.Of(piece)));
        _sink.OnReceived(count);
        OnReadable();
    }

    private void SendResetPerhapsAtOnce()
    {
        if (_outgoing.Chance(1, 2))
        {
            _outgoing.DropUnarrived();
        }
        _outgoing.SendReset();
    }

    private void BecomeClosing(CloseReason reason)
    {
        _state = ConnectionState.Closing;
        _reason = reason;
        Schedule(ConnectionStep.Closed);
    }

    private void BecomeClosed()
    {
        Invariant.Assert(_state == ConnectionState.Closing);
        _state = ConnectionState.Closed;
        var sink = _sink!;
        _sink = null;
        Shard.World.Trace.Operation(Shard.Id.Node, new ConnectionClosed(RemoteNode, _reason));
        LeaveWhenDone();
        sink.OnClosed(_reason);
    }

    /// <summary>
    /// A closed connection stays known while its last bytes are leaving: a crash must stop them.
    /// </summary>
    private void LeaveWhenDone()
    {
        if (_state == ConnectionState.Closed && UnsentBytes == 0 && _outgoing.Sender is not null)
        {
            _outgoing.Sender = null;
            _home.Forget(this);
        }
    }

    private void Schedule(long step) =>
        Shard.World.Push(Shard.World.Now, new SimEvent(Shard, this, step, SimEventKind.Network));
}
