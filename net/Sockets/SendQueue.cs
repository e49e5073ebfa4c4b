using System;
using System.Collections.Generic;
using System.Net.Sockets;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// What one connection still has to send, in order. Holds leases and files until their last byte has gone.
/// </summary>
internal sealed class SendQueue(SocketWriter writer)
{
    private const int CapacityKept = 64;

    private readonly Queue<SendPiece> _pieces = new();
    private int _headSent;    // bytes of the first piece that have gone, less than its count

    /// <summary>The sum of all pieces, less <see cref="_headSent"/>.</summary>
    public long UnsentBytes { get; private set; }

    public bool IsEmpty => _pieces.Count == 0;

    public void Add(SendPiece piece)
    {
        Invariant.Assert(piece.Count > 0);
        _pieces.Enqueue(piece);
        UnsentBytes += piece.Count;
    }

    /// <summary>
    /// Sends until nothing is left, the socket takes no more, or the turn's share is used up (Sent, not
    /// empty).
    /// </summary>
    public SendProgress SendTo(Socket socket)
    {
        var progress = SendProgress.Sent;
        for (long share = NetLimits.SendBytesPerTurn; share > 0 && progress == SendProgress.Sent && !IsEmpty;)
        {
            progress = writer.Write(socket, _pieces, _headSent, out var sentBytes);
            Advance(sentBytes);
            share -= sentBytes;
        }
        return progress;
    }

    public void Clear()
    {
        while (_pieces.TryDequeue(out var piece))
        {
            piece.LetGo();
        }
        _headSent = 0;
        UnsentBytes = 0;
    }

    private void Advance(int sentBytes)
    {
        Invariant.Assert(sentBytes <= UnsentBytes);
        UnsentBytes -= sentBytes;
        while (sentBytes > 0)
        {
            var head = _pieces.Peek();
            var taken = Math.Min(sentBytes, head.Count - _headSent);
            sentBytes -= taken;
            _headSent += taken;
            if (_headSent == head.Count)
            {
                _headSent = 0;
                _pieces.Dequeue().LetGo();
            }
        }
        if (IsEmpty && _pieces.Capacity > CapacityKept)
        {
            _pieces.TrimExcess(CapacityKept);
        }
    }
}
