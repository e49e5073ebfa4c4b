using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Node.Requests.Producing;
using Testbed.Wire;

namespace Testbed.Node.Requests;

/// <summary>
/// One client's connection. Cuts frames, starts requests, sends answers in the order of the requests, and
/// holds the client back while too much of its work is unfinished. Bytes that are no message close this
/// connection and touch no other.
/// </summary>
/// <remarks>
/// A request starts when all before it are answered, as with Kafka, where a connection has one request at a
/// time; only a Produce may start behind Produces that still wait for their acknowledgement. So a client sees
/// its own effects in order, and pipelined appends share their waiting.
/// </remarks>
public sealed class ServerConnection : IConnectionSink
{
    private readonly RequestServer _server;
    private readonly IConnection _connection;
    private readonly FrameAssembler _frames;
    private readonly Queue<Frame> _waiting = new();         // read, not started
    private readonly Queue<Exchange> _started = new();      // not sent; in order of arrival
    private long _waitingBytes;
    private bool _isReadingPaused;
    private bool _waitsForDrain;    // the next request starts when all answers have left
    private bool _isClosed;
    private bool _isStarting;

    internal ServerConnection(RequestServer server, IConnection connection, int listenerIndex)
    {
        _server = server;
        _connection = connection;
        _frames = new FrameAssembler(server.Shard.Buffers, server.RequestMaxBytes);
        ListenerIndex = listenerIndex;
        LastActive = server.Shard.Now;
    }

    internal int ListenerIndex { get; }

    internal NetworkAddress Remote => _connection.Remote;

    /// <summary>When bytes last came; for closing idle connections.</summary>
    internal Instant LastActive { get; private set; }

    internal HeapHandle IdleDeadline { get; set; }

    /// <summary>Counts the connections of the node; gives them an order.</summary>
    internal long Number { get; init; }

    /// <summary>True while the client owes the next move: to ask, or to read the answers.</summary>
    internal bool IsIdle => _started.Count == 0 && (_waiting.Count == 0 || _waitsForDrain);

    /// <summary>True while the server has noted that it starts waiting requests in a later turn.</summary>
    internal bool IsStartNoted { get; set; }

    /// <summary>
    /// When its turn is among the connections whose produces are held back; 0 for none. Kept until one
    /// starts.
    /// </summary>
    internal long ProduceTurn { get; set; }

    internal ProduceBacklog Backlog => _server.Backlog;

    public Memory<byte> ReceiveBuffer() => _frames.Room();

    public void OnReceived(int count)
    {
        LastActive = _server.Shard.Now;
        _frames.OnReceived(count);
        try
        {
            while (_frames.TryTake(out var frame))
            {
                _waiting.Enqueue(frame);
                _waitingBytes += frame.SizeBytes;
            }
            _frames.ReleaseIfIdle();
            StartWaiting();
        }
        catch (MalformedMessageException malformed)
        {
            CloseMalformed(malformed);
        }
        Throttle();
    }

    public void OnDrained()
    {
        if (_waitsForDrain)
        {
            _waitsForDrain = false;
            _server.StartLater(this);
        }
        Throttle();
    }

    public void OnClosed(CloseReason reason) => Drop();

    /// <summary>
    /// Starts what may start now, up to a limit a turn; called when something has come, when the server has
    /// become ready, when an answer was given and when what held requests back has gone.
    /// </summary>
    internal void StartWaiting()
    {
        if (_isStarting)
        {
            return;
        }
        _isStarting = true;
        var left = Limits.RequestsPerTurn;
        try
        {
            while (!_isClosed && _server.IsReady && _waiting.TryPeek(out var frame))
            {
                if (left-- == 0)
                {
                    _server.StartLater(this);
                    break;
                }
                var head = RequestHead.Read(frame.Memory, _server.Served);
                if (!CanStart(head.Api.Key))
                {
                    break;
                }
                _waiting.Dequeue();
                _waitingBytes -= frame.SizeBytes;
                Start(frame, head);
            }
        }
        finally
        {
            _isStarting = false;
        }
    }

    /// <summary>An exchange was answered: sends all answers whose turn has come.</summary>
    internal void OnAnswered()
    {
        while (_started.TryPeek(out var exchange) && exchange.IsAnswered)
        {
            _started.Dequeue();
            if (!_isClosed)
            {
                exchange.Writer.SendTo(_connection);
            }
            _server.Return(exchange.Writer);
        }
        if (!_isStarting && (_waiting.Count > 0 || _isReadingPaused))
        {
            _server.StartLater(this);
        }
    }

    internal void Close(CloseReason reason)
    {
        if (!_isClosed)
        {
            _connection.Close(reason);
            Drop();
        }
    }

    internal void CloseMalformed(MalformedMessageException malformed)
    {
        _server.OnMalformed(this, malformed);
        Close(CloseReason.Malformed);
    }

    /// <summary>Reads on once there is room again.</summary>
    internal void Throttle()
    {
        if (_isClosed)
        {
            return;
        }
        var isTooMuch = _waiting.Count + _started.Count >= Limits.RequestsInFlightPerConnection
            || _waitingBytes > Limits.ReadAheadMaxBytes
            || _connection.UnsentBytes > Limits.UnsentMaxBytes;
        if (isTooMuch && !_isReadingPaused)
        {
            _isReadingPaused = true;
            _server.Shard.Trace.Mark("server-connection-held-back");
            _connection.PauseReading();
        }
        else if (!isTooMuch && _isReadingPaused)
        {
            _isReadingPaused = false;
            _connection.ResumeReading();
        }
    }

    private bool CanStart(ApiKey next)
    {
        _waitsForDrain = _connection.UnsentBytes > Limits.UnsentMaxBytes;
        if (_waitsForDrain)
        {
            return false;
        }
        // Behind a Produce only Produces have started: the first tells of all.
        if (_started.TryPeek(out var first)
            && (next != ApiKey.Produce || first.Head.Api.Key != ApiKey.Produce))
        {
            return false;
        }
        if (next == ApiKey.Produce && Backlog.IsFull)
        {
            Backlog.HoldBack(this);
            return false;
        }
        return true;
    }

    private void Start(in Frame frame, in RequestHead head)
    {
        if (head.Api.Key == ApiKey.Produce)
        {
            ProduceTurn = 0;
        }
        var exchange = new Exchange(this, _server.RentWriter(), frame, head);
        _started.Enqueue(exchange);
        try
        {
            _server.Served.HandlerOf(head.Api.Key).Handle(exchange);
        }
        catch (MalformedMessageException)
        {
            exchange.Discard();
            throw;
        }
    }

    /// <summary>The connection is gone: what waits for it is told, what was read is forgotten.</summary>
    private void Drop()
    {
        if (_isClosed)
        {
            return;
        }
        _isClosed = true;
        _server.Forget(this);
        _frames.Release();
        while (_waiting.TryDequeue(out var frame))
        {
            frame.Buffer.Release();
        }
        foreach (var exchange in _started.ToArray())
        {
            if (!exchange.IsAnswered)
            {
                exchange.Abandon();
            }
        }
    }
}
