using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// Puts the first pieces of a send queue on the wire with one system call. One per shard: its lists and its
/// scratch are used anew by every call, so that sending allocates nothing.
/// </summary>
internal sealed class SocketWriter(bool portable)
{
    private readonly List<ArraySegment<byte>> _segments = new(NetLimits.SegmentsPerSend);
    private readonly byte[] _scratch = new byte[NetLimits.SendScratchBytes];
    private int _scratchUsed;

    /// <summary>
    /// Sends pieces from the first on, of which <paramref name="skip"/> bytes have gone before. The bytes
    /// sent count even when the answer is not Sent.
    /// </summary>
    public SendProgress Write(Socket socket, Queue<SendPiece> pieces, int skip, out int sentBytes)
    {
        var head = pieces.Peek();
        if (head.File is not null)
        {
            return portable
                ? CopyFile(socket, head.File, head.Start + skip, head.Count - skip, out sentBytes)
                : SendFile(socket, head.File, head.Start + skip, head.Count - skip, out sentBytes);
        }
        if (pieces.Count == 1)
        {
            var bytes = head.BytesFrom(skip);
            sentBytes = socket.Send(bytes.AsSpan(), SocketFlags.None, out var error);
            return ProgressOf(error, sentBytes < bytes.Count);
        }
        return WriteGathered(socket, pieces, skip, out sentBytes);
    }

    private SendProgress WriteGathered(Socket socket, Queue<SendPiece> pieces, int skip, out int sentBytes)
    {
        _segments.Clear();
        _scratchUsed = 0;
        var offered = 0;
        var isFileNext = false;
        foreach (var piece in pieces)
        {
            isFileNext = piece.File is not null;
            if (isFileNext || offered >= NetLimits.SendBytesPerTurn || !TryGather(piece.BytesFrom(skip)))
            {
                break;
            }
            offered += piece.Count - skip;
            skip = 0;
        }
        if (isFileNext && !portable && _segments.Count == 1)
        {
            return SendBeforeFile(socket, _segments[0], out sentBytes);
        }
        SocketError error;
        sentBytes = _segments.Count == 1
            ? socket.Send(_segments[0].AsSpan(), SocketFlags.None, out error)
            : socket.Send(_segments, SocketFlags.None, out error);
        return ProgressOf(error, sentBytes < offered);
    }

    private bool TryGather(ArraySegment<byte> bytes)
    {
        if (bytes.Count > NetLimits.CopiedPieceMaxBytes || bytes.Count > _scratch.Length - _scratchUsed)
        {
            return TryAddSegment(bytes);
        }
        var copy = new ArraySegment<byte>(_scratch, _scratchUsed, bytes.Count);
        if (!TryExtendScratch(bytes.Count) && !TryAddSegment(copy))
        {
            return false;
        }
        bytes.AsSpan().CopyTo(copy);
        _scratchUsed += bytes.Count;
        return true;
    }

    /// <summary>The last segment grows when it ends where the scratch goes on.</summary>
    private bool TryExtendScratch(int count)
    {
        if (_segments.Count == 0 || !ReferenceEquals(_segments[^1].Array, _scratch))
        {
            return false;
        }
        var last = _segments[^1];
        Invariant.Assert(last.Offset + last.Count == _scratchUsed);
        _segments[^1] = new ArraySegment<byte>(_scratch, last.Offset, last.Count + count);
        return true;
    }

    private bool TryAddSegment(ArraySegment<byte> segment)
    {
        if (_segments.Count == NetLimits.SegmentsPerSend)
        {
            return false;
        }
        _segments.Add(segment);
        return true;
    }

    /// <summary>
    /// With MSG_MORE, so that the header of an answer leaves in one packet with the first bytes of its file.
    /// </summary>
    private static SendProgress SendBeforeFile(Socket socket, ArraySegment<byte> bytes, out int sentBytes)
    {
        ref var first = ref bytes.AsSpan()[0];
        var sent = LinuxCalls.Send(socket.SafeHandle, ref first, bytes.Count, LinuxCalls.SendMore);
        sentBytes = (int)Math.Max(sent, 0);
        if (sent >= 0)
        {
            return sentBytes < bytes.Count ? SendProgress.Blocked : SendProgress.Sent;
        }
        var progress = ProgressOfErrno(Marshal.GetLastPInvokeError());
        return progress == SendProgress.FileUnreadable ? SendProgress.Broken : progress;
    }

    private static SendProgress SendFile(
        Socket socket, LogFile file, long offset, int count, out int sentBytes)
    {
        var asked = Math.Min(count, NetLimits.SendBytesPerTurn);
        var sent = LinuxCalls.SendFile(socket.SafeHandle, file.Handle, ref offset, asked);
        sentBytes = sent > 0 ? (int)sent : 0;
        if (sent > 0)
        {
            return sent < asked ? SendProgress.Blocked : SendProgress.Sent;
        }
        return sent == 0 ? SendProgress.FileUnreadable : ProgressOfErrno(Marshal.GetLastPInvokeError());
    }

    private SendProgress CopyFile(Socket socket, LogFile file, long offset, int count, out int sentBytes)
    {
        sentBytes = 0;
        int read;
        try
        {
            var into = _scratch.AsSpan(0, Math.Min(count, _scratch.Length));
            read = RandomAccess.Read(file.Handle, into, offset);
        }
        catch (IOException)
        {
            return SendProgress.FileUnreadable;
        }
        if (read == 0)
        {
            return SendProgress.FileUnreadable;
        }
        sentBytes = socket.Send(_scratch.AsSpan(0, read), SocketFlags.None, out var error);
        return ProgressOf(error, sentBytes < read);
    }

    private static SendProgress ProgressOf(SocketError error, bool isShort) => error switch
    {
        SocketError.Success => isShort ? SendProgress.Blocked : SendProgress.Sent,
        SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable => SendProgress.Blocked,
        _ => SendProgress.Broken,
    };

    private static SendProgress ProgressOfErrno(int errno) => errno switch
    {
        LinuxCalls.ErrnoAgain or LinuxCalls.ErrnoInterrupted => SendProgress.Blocked,
        LinuxCalls.ErrnoBrokenPipe or LinuxCalls.ErrnoConnectionReset => SendProgress.Broken,
        _ => SendProgress.FileUnreadable,
    };
}
