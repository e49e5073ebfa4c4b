using System;
using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>One connection of a <see cref="StormHost"/>.</summary>
internal sealed class StormSink(StormHost host, IConnection connection) : IConnectionSink
{
    private readonly byte[] _buffer = new byte[2_000];
    private bool _isClosed;

    public Memory<byte> ReceiveBuffer() => _buffer;

    public void OnReceived(int count)
    {
        Invariant.Assert(!_isClosed);
        host.IsQuiet = count == 1 && _buffer[0] == 0;
        var size = (int)host.Chance.Between(1, 20_000);
        connection.Send(host.Shard.Buffers.Rent(size), 0, size);
        switch (host.Chance.Below(10))
        {
            case 0:
                connection.Close(CloseReason.Local);
                break;
            case 1:
                connection.Close(CloseReason.Reset);
                break;
            case 2:
                connection.PauseReading();
                break;
        }
    }

    public void OnDrained()
    {
        Invariant.Assert(!_isClosed);
        connection.ResumeReading();
        if (host.Chance.Chance(1, 4))
        {
            connection.Send(host.Shard.Buffers.Rent(10), 0, 10);
        }
    }

    public void OnClosed(CloseReason reason)
    {
        Invariant.Assert(!_isClosed && connection.UnsentBytes == 0);
        _isClosed = true;
        host.OnClosed(reason);
    }
}
