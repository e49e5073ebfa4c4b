using System;
using System.Collections.Generic;
using System.Text;
using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>Either side of a connection in tests: remembers all it hears.</summary>
internal sealed class Peer(IShard shard, int bufferBytes = 4096) : IConnectionHost, IConnectionSink
{
    private readonly byte[] _buffer = new byte[bufferBytes];

    public IShard Shard => shard;

    public List<byte> Received { get; } = [];

    public List<int> Pieces { get; } = [];

    /// <summary>
    /// opened, received, drained, closed:Reason, failed:Reason in the order they were told.
    /// </summary>
    public List<string> Heard { get; } = [];

    public IConnection? Connection { get; private set; }

    public Instant LastHeardAt { get; private set; }

    public CloseReason? Closed { get; private set; }

    public CloseReason? Failed { get; private set; }

    public int DrainedCount { get; private set; }

    /// <summary>Called with this peer at the end of each call it hears, and the name of the call.</summary>
    public Action<Peer, string>? Reaction { get; set; }

    public string ReceivedText => Encoding.ASCII.GetString(Received.ToArray());

    public IConnectionSink OnOpened(IConnection connection, long token)
    {
        Connection = connection;
        Hear("opened");
        return this;
    }

    public void OnConnectFailed(long token, CloseReason reason)
    {
        Failed = reason;
        Hear($"failed:{reason}");
    }

    public Memory<byte> ReceiveBuffer() => _buffer;

    public void OnReceived(int count)
    {
        Pieces.Add(count);
        Received.AddRange(_buffer.AsSpan(0, count));
        Hear("received");
    }

    public void OnDrained()
    {
        DrainedCount++;
        Hear("drained");
    }

    public void OnClosed(CloseReason reason)
    {
        Closed = reason;
        Hear($"closed:{reason}");
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        var lease = shard.Buffers.Rent(bytes.Length);
        bytes.CopyTo(lease.Span);
        Connection!.Send(lease, 0, bytes.Length);
    }

    public void Send(string text) => Send(Encoding.ASCII.GetBytes(text));

    private void Hear(string what)
    {
        Heard.Add(what);
        LastHeardAt = shard.Now;
        Reaction?.Invoke(this, what);
    }
}
