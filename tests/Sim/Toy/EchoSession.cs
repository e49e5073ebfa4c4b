using System;
using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>The server's side of one connection.</summary>
internal sealed class EchoSession(IShard shard, EchoLog log, IConnection connection) : IConnectionSink
{
    private const int InFlightMax = 3;

    private readonly EchoFrame _frame = new();
    private int _inFlight;
    private bool _isClosed;

    public Memory<byte> ReceiveBuffer() => _frame.Missing();

    public void OnReceived(int count)
    {
        Invariant.Assert(!_isClosed);
        if (!_frame.Add(count))
        {
            return;
        }
        log.Append(this, _frame.Id);
        _frame.Clear();
        if (++_inFlight >= InFlightMax)
        {
            shard.Trace.Mark("held back");
            connection.PauseReading();
        }
    }

    public void OnDrained() => Invariant.Assert(!_isClosed && connection.UnsentBytes == 0);

    public void OnClosed(CloseReason reason)
    {
        Invariant.Assert(!_isClosed);
        _isClosed = true;
    }

    public void Reply(long id)
    {
        if (_isClosed)
        {
            return;
        }
        const int FillingBytes = 100;
        connection.Send(EchoFrame.New(shard, id, FillingBytes), 0, EchoFrame.HeaderBytes + FillingBytes);
        if (--_inFlight == InFlightMax - 1)
        {
            connection.ResumeReading();
        }
    }
}
