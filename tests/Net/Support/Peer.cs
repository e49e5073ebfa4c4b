using System;
using System.Net;
using System.Net.Sockets;

namespace Testbed.Tests.Net;

/// <summary>The other side of a connection: a plain blocking socket with deadlines.</summary>
internal sealed class Peer : IDisposable
{
    public Peer(int port, int receiveBufferBytes = 0)
    {
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Deadline.Limit.TotalMilliseconds,
            SendTimeout = (int)Deadline.Limit.TotalMilliseconds,
        };
        if (receiveBufferBytes > 0)
        {
            Socket.ReceiveBufferSize = receiveBufferBytes;
        }
        Socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
    }

    public Socket Socket { get; }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[Socket.Send(bytes)..];
        }
    }

    public void Receive(Span<byte> into)
    {
        while (into.Length > 0)
        {
            var count = Socket.Receive(into);
            if (count == 0)
            {
                throw new InvalidOperationException($"the stream ended {into.Length} bytes early");
            }
            into = into[count..];
        }
    }

    public byte[] Receive(int count)
    {
        var bytes = new byte[count];
        Receive(bytes);
        return bytes;
    }

    /// <summary>True when the stream ends here in good order, false when it is reset.</summary>
    public bool EndsCleanly()
    {
        try
        {
            return Socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    /// <summary>Closes so that the other side sees a reset.</summary>
    public void Reset() => Socket.Close(timeout: 0);

    public void Dispose() => Socket.Dispose();
}
