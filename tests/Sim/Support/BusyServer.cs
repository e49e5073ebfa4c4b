using System;
using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>Sends back on each connection whatever it receives.</summary>
internal sealed class BusyServer : IConnectionHost
{
    private readonly IShard _shard;

    public BusyServer(IShard shard)
    {
        _shard = shard;
        shard.Network.Listen(new NetworkAddress("", 9092), this);
    }

    public IConnectionSink OnOpened(IConnection connection, long token) => new Session(_shard, connection);

    public void OnConnectFailed(long token, CloseReason reason) =>
        throw new InvalidOperationException("never connects");

    private sealed class Session(IShard shard, IConnection connection) : IConnectionSink
    {
        private readonly byte[] _buffer = new byte[512];

        public Memory<byte> ReceiveBuffer() => _buffer;

        public void OnReceived(int count)
        {
            var lease = shard.Buffers.Rent(count);
            _buffer.AsSpan(0, count).CopyTo(lease.Span);
            connection.Send(lease, 0, count);
        }

        public void OnDrained()
        {
            // Nothing waits for it.
        }

        public void OnClosed(CloseReason reason)
        {
            // The session is garbage now.
        }
    }
}
