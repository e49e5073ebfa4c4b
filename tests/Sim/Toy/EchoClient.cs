using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>
/// Sends messages to one server after another, a few at a time, and moves on when a connection ends or an
/// answer takes too long.
/// </summary>
internal sealed class EchoClient : IConnectionHost, IConnectionSink, IWork, IDeadlineSink<long>
{
    private const int InFlightMax = 4;
    private const int TimeoutMs = 800;
    private const int PauseMs = 50;

    private readonly IShard _shard;
    private readonly int _serverCount;
    private readonly Func<long> _morePauseTicks;
    private readonly EchoFrame _frame = new();
    private readonly DeadlineQueue<long> _deadlines;
    private readonly Dictionary<long, HeapHandle> _inFlight = [];
    private IConnection? _connection;
    private int _server;

    public EchoClient(IShard shard, int serverCount, Func<long>? morePauseTicks = null)
    {
        _shard = shard;
        _serverCount = serverCount;
        _morePauseTicks = morePauseTicks ?? (static () => 0);
        _deadlines = new DeadlineQueue<long>(shard, this);
        Run(0);
    }

    public void Run(long token)
    {
        _server = 1 + _shard.Random("server").Below(_serverCount);
        _shard.Network.Connect(
            new NetworkAddress($"n{_server}", EchoServer.Port), this, 0, _shard.Now.PlusMs(TimeoutMs));
    }

    public IConnectionSink OnOpened(IConnection connection, long token)
    {
        _connection = connection;
        _frame.Clear();
        SendMore();
        return this;
    }

    public void OnConnectFailed(long token, CloseReason reason)
    {
        _shard.Trace.Mark($"connect {reason}");
        Pause();
    }

    public Memory<byte> ReceiveBuffer() => _frame.Missing();

    public void OnReceived(int count)
    {
        if (!_frame.Add(count))
        {
            return;
        }
        if (_inFlight.Remove(_frame.Id, out var deadline))
        {
            Invariant.Assert(_deadlines.Remove(deadline));
            _shard.Trace.Emit(new EchoAcked(new NodeId(_server), _frame.Id));
        }
        _frame.Clear();
        SendMore();
    }

    public void OnDrained() => Invariant.Maybe(_inFlight.Count > 0);

    public void OnDeadline(long row)
    {
        _shard.Trace.Mark("answer late");
        Invariant.Assert(_inFlight.Remove(row));
        _connection?.Close(CloseReason.Local);
    }

    public void OnClosed(CloseReason reason)
    {
        _shard.Trace.Mark($"closed {reason}");
        _connection = null;
        Pause();
    }

    private void Pause() =>
        _shard.SetTimer(new Instant(_shard.Now.PlusMs(PauseMs).Ticks + _morePauseTicks()), this, 0);

    private void SendMore()
    {
        while (_inFlight.Count < InFlightMax)
        {
            var id = (long)(_shard.Random("ids").Next() >> 1);
            var fillingBytes = _shard.Random("sizes").Below(EchoFrame.FillingMaxBytes + 1);
            var lease = EchoFrame.New(_shard, id, fillingBytes);
            _connection!.Send(lease, 0, EchoFrame.HeaderBytes + fillingBytes);
            _inFlight.Add(id, _deadlines.Add(_shard.Now.PlusMs(TimeoutMs), id));
        }
    }
}
