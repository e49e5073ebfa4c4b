using System;
using System.Buffers.Binary;
using System.Numerics;
using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>
/// Cuts a byte stream into frames (int32 length, then as many bytes) without copying those that lie in one
/// piece:
///
///     buffer  | taken frames | begun frame      | room for what comes |
///             0              _start             _filled               capacity
///
/// Taken frames share the buffer with what is received behind them. When a frame does not fit behind them it
/// moves to another buffer, whose size follows the bytes that have come, not the length that was announced: a
/// client cannot make us allocate more than a few times what it sends.
/// </summary>
public sealed class FrameAssembler(IBuffers buffers, int frameMaxBytes)
{
    private const int LengthBytes = sizeof(int);
    private const int BufferMinBytes = 16 * 1024;
    private const int RoomMinBytes = 1024;

    private Lease? _buffer;
    private int _start;
    private int _filled;
    private int _usualBytes = BufferMinBytes;    // what one buffer held lately; the next may be as large

    /// <summary>Bytes of the frame begun and not complete.</summary>
    public int BegunBytes => _filled - _start;

    /// <summary>Where the next bytes of the stream go; never empty.</summary>
    public Memory<byte> Room()
    {
        if (_buffer is null)
        {
            _buffer = buffers.Rent(_usualBytes);
        }
        else if (BegunBytes == 0 && !_buffer.IsShared)
        {
            _start = 0;
            _filled = 0;
        }
        if (_buffer.Capacity - _filled < Math.Min(RoomMinBytes, MissingBytes()))
        {
            MoveOn();
        }
        return _buffer.Memory[_filled..];
    }

    public void OnReceived(int count)
    {
        Invariant.Assert(_buffer is not null);
        Invariant.Assert(count > 0 && count <= _buffer.Capacity - _filled);
        _filled += count;
    }

    /// <summary>
    /// Takes the next frame when all of it is here; the caller releases its buffer. Throws
    /// <see cref="MalformedMessageException"/> for a length that is negative or above the limit, as soon as
    /// it is read.
    /// </summary>
    public bool TryTake(out Frame frame)
    {
        frame = default;
        if (!TryLength(out var size) || BegunBytes - LengthBytes < size)
        {
            return false;
        }
        frame = new Frame(_buffer!.Retain(), _start + LengthBytes, size);
        _start += LengthBytes + size;
        _usualBytes = Math.Max(_usualBytes, (int)BitOperations.RoundUpToPowerOf2((uint)(LengthBytes + size)));
        return true;
    }

    /// <summary>Gives the buffer back when no frame is begun: an idle connection holds no memory.</summary>
    public void ReleaseIfIdle()
    {
        if (BegunBytes == 0)
        {
            Release();
        }
    }

    /// <summary>Gives the buffer back; frames taken stay with their holders.</summary>
    public void Release()
    {
        _buffer?.Release();
        _buffer = null;
        _start = 0;
        _filled = 0;
    }

    private bool TryLength(out int size)
    {
        size = 0;
        if (_buffer is null || BegunBytes < LengthBytes)
        {
            return false;
        }
        size = BinaryPrimitives.ReadInt32BigEndian(_buffer.Span[_start..]);
        return size >= 0 && size <= frameMaxBytes
            ? true
            : throw new MalformedMessageException(MalformedReason.FrameLength, 0);
    }

    /// <summary>Bytes that the begun frame still lacks; any number while its length is not known.</summary>
    private int MissingBytes() => TryLength(out var size) ? LengthBytes + size - BegunBytes : RoomMinBytes;

    private void MoveOn()
    {
        var begun = BegunBytes;
        var wanted = Math.Max(_usualBytes, 2 * begun);
        if (TryLength(out var size))
        {
            wanted = Math.Min(wanted, Math.Max(BufferMinBytes, LengthBytes + size));
        }
        _usualBytes = Math.Max(BufferMinBytes, _usualBytes / 2);
        var next = buffers.Rent(Math.Max(wanted, begun + RoomMinBytes));
        _buffer!.Span.Slice(_start, begun).CopyTo(next.Span);
        _buffer.Release();
        _buffer = next;
        _start = 0;
        _filled = begun;
    }
}
