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
/// client cannot make us allocate more than a few times what it sends. In a buffer larger than
/// <see cref="FreshMaxBytes"/> lies one frame and nothing behind it, so that a small frame never keeps a
/// large buffer.
/// </summary>
public sealed class FrameAssembler(IBuffers buffers, int frameMaxBytes)
{
    /// <summary>The largest buffer that is rented before its bytes have come.</summary>
    public const int FreshMaxBytes = 256 * 1024;

    private const int LengthBytes = sizeof(int);
    private const int BufferMinBytes = 16 * 1024;
    private const int RoomMinBytes = 1024;
    private const int GrowthFactor = 4;    // a frame is copied 1/3 times on the way to its full size

    private Lease? _buffer;
    private int _start;
    private int _filled;
    private int _largestBytes;                   // of the frames taken from this buffer, with their lengths
    private int _usualBytes = BufferMinBytes;    // what the next buffer may hold; at most FreshMaxBytes

    /// <summary>Bytes of the frame begun and not complete.</summary>
    public int BegunBytes => _filled - _start;

    private bool IsLarge => _buffer!.Capacity > FreshMaxBytes;

    /// <summary>
    /// Where the next bytes of the stream go; never empty. Asked for when all whole frames have been taken.
    /// </summary>
    public Memory<byte> Room()
    {
        if (_buffer is not null && BegunBytes == 0 && IsLarge)
        {
            Release();
        }
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
        var room = _buffer.Memory[_filled..];
        return IsLarge ? room[..Math.Min(room.Length, MissingBytes())] : room;
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
        _largestBytes = Math.Max(_largestBytes, LengthBytes + size);
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
        if (_buffer is not null)
        {
            LearnUsualBytes();
            _buffer.Release();
        }
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
        LearnUsualBytes();
        var wanted = Math.Max(_usualBytes, GrowthFactor * (long)begun);
        if (TryLength(out var size))
        {
            wanted = Math.Min(wanted, Math.Max(BufferMinBytes, LengthBytes + size));
        }
        var next = buffers.Rent((int)Math.Max(wanted, begun + RoomMinBytes));
        _buffer!.Span.Slice(_start, begun).CopyTo(next.Span);
        _buffer.Release();
        _buffer = next;
        _start = 0;
        _filled = begun;
    }

    /// <summary>
    /// The buffer is given back: the next one holds frames as large as this one did, and half as many bytes
    /// when they were smaller.
    /// </summary>
    private void LearnUsualBytes()
    {
        var held = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(_largestBytes, FreshMaxBytes));
        _usualBytes = Math.Clamp(Math.Max(held, _usualBytes / 2), BufferMinBytes, FreshMaxBytes);
        _largestBytes = 0;
    }
}
