using System;
using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>One connection of an <see cref="AppendHost"/>: one frame at a time.</summary>
internal sealed class AppendSink : IConnectionSink, IWork
{
    private readonly AppendHost _host;
    private readonly IConnection _connection;
    private readonly byte[] _frame;
    private readonly ReadOnlyMemory<byte>[] _pieces;
    private int _filled;

    public AppendSink(AppendHost host, IConnection connection)
    {
        _host = host;
        _connection = connection;
        _frame = new byte[host.FrameBytes];
        _pieces = [_frame];
    }

    public Memory<byte> ReceiveBuffer() => _frame.AsMemory(_filled);

    public void OnReceived(int count)
    {
        _filled += count;
        if (_filled == _frame.Length)
        {
            _connection.PauseReading();
            _host.Shard.Disks[0].Write(_host.File, _host.End, _pieces).Then(this, 0);
            _host.End += _frame.Length;
        }
    }

    /// <summary>The write is done.</summary>
    public void Run(long token)
    {
        _filled = 0;
        _connection.ResumeReading();
        _connection.Send(_host.Shard.Buffers.Rent(AppendHost.AnswerBytes), 0, AppendHost.AnswerBytes);
    }

    public void OnDrained()
    {
    }

    public void OnClosed(CloseReason reason)
    {
    }
}
