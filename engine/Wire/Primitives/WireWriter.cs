using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>
/// Writes Kafka's primitives into one rented buffer, which grows by doubling. Records that stay in a file, or
/// that are lent, are not copied: what has been written is the list of <see cref="Pieces"/>. Reusable:
/// <see cref="Reset"/> keeps the buffer, <see cref="Release"/> gives it back. Nothing is allocated once
/// buffer and list have their size. `compact` as in <see cref="WireReader"/>. Wrong input is a broken
/// program, never a wrong client.
/// </summary>
public sealed class WireWriter(IBuffers buffers)
{
    /// <summary>Lent records of at least so many bytes are not copied.</summary>
    public const int LentMinBytes = 4096;

    private const int FirstCapacity = 512;
    private const int NoFrame = -1;

    private readonly List<Splice> _splices = [];    // ascending by position
    private Lease? _lease;
    private byte[] _bytes = [];                     // those of the lease
    private int _position;                          // bytes written into the buffer
    private long _splicedBytes;                     // sum of the splices' sizes
    private int _frameStart = NoFrame;
    private long _frameSplicedBytes;                // of the splices before the open frame
    private int _openTags;                          // tagged fields begun and not ended
    private bool _isQueued;                         // a connection holds the buffer too

    /// <summary>Bytes written, splices included.</summary>
    public long SizeBytes => _position + _splicedBytes;

    /// <summary>What has been written, in order. Valid until the next write, reset or release.</summary>
    public OutgoingPieces Pieces => new(_bytes.AsMemory(0, _position), CollectionsMarshal.AsSpan(_splices));

    /// <summary>
    /// What has been written, when none of it stays elsewhere. Valid as long as the pieces are.
    /// </summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            Invariant.Assert(_splices.Count == 0);
            return _bytes.AsMemory(0, _position);
        }
    }

    /// <summary>
    /// Forgets what has been written and keeps the buffer, unless a connection may still be sending it.
    /// </summary>
    public void Reset()
    {
        if (_isQueued)
        {
            ReleaseBuffer();
        }
        _position = 0;
        _splices.Clear();
        _splicedBytes = 0;
        _frameStart = NoFrame;
        _openTags = 0;
    }

    /// <summary>
    /// Forgets what has been written and gives the buffer back. The writer can be used again.
    /// </summary>
    public void Release()
    {
        Reset();
        ReleaseBuffer();
    }

    /// <summary>
    /// Queues all that has been written on the connection, which then holds the buffer too: after the reset
    /// that must follow another one is used. Lent bytes cannot be sent this way: nobody would know how long
    /// they must stay.
    /// </summary>
    public void SendTo(IConnection connection)
    {
        Invariant.Assert(_frameStart == NoFrame);
        Invariant.Assert(!_isQueued);
        var start = 0;
        foreach (var splice in _splices)
        {
            SendBuffer(connection, start, splice.Position);
            connection.SendFile(splice.Piece.Range);
            start = splice.Position;
        }
        SendBuffer(connection, start, _position);
        _isQueued = true;
    }

    /// <summary>Begins a frame: an int32 with the number of bytes up to <see cref="EndFrame"/>.</summary>
    public void BeginFrame()
    {
        Invariant.Assert(_frameStart == NoFrame);
        _frameStart = _position;
        _frameSplicedBytes = _splicedBytes;
        WriteInt32(0);
    }

    public void EndFrame()
    {
        Invariant.Assert(_frameStart != NoFrame);
        var size = _position - _frameStart - sizeof(int) + _splicedBytes - _frameSplicedBytes;
        Invariant.Assert(size <= int.MaxValue);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(_frameStart), (int)size);
        _frameStart = NoFrame;
    }

    public void WriteBool(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    public void WriteInt8(sbyte value) => Take(1)[0] = unchecked((byte)value);

    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), value);

    public void WriteUInt16(ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(Take(sizeof(ushort)), value);

    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(sizeof(uint)), value);

    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), value);

    public void WriteFloat64(double value) =>
        BinaryPrimitives.WriteDoubleBigEndian(Take(sizeof(double)), value);

    public void WriteUuid(Uuid value) => value.Write(Take(Uuid.SizeBytes));

    public void WriteErrorCode(ErrorCode value) => WriteInt16((short)value);

    public void WriteUVarInt(uint value)
    {
        Reserve(Limits.VarIntMaxBytes);
        _position += PutUVarInt(_bytes.AsSpan(_position), value);
    }

    /// <summary>At most <see cref="Limits.StringMaxBytes"/> bytes of UTF-8.</summary>
    public void WriteString(bool compact, string value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Invariant.Assert(size <= Limits.StringMaxBytes);
        if (compact)
        {
            WriteUVarInt((uint)size + 1);
        }
        else
        {
            WriteInt16((short)size);
        }
        Encoding.UTF8.GetBytes(value, Take(size));
    }

    public void WriteNullableString(bool compact, string? value)
    {
        if (value is not null)
        {
            WriteString(compact, value);
        }
        else if (compact)
        {
            WriteUVarInt(0);
        }
        else
        {
            WriteInt16(-1);
        }
    }

    /// <summary>Copies the bytes.</summary>
    public void WriteBytes(bool compact, ReadOnlyMemory<byte> value)
    {
        WriteCount(compact, value.Length);
        WriteRaw(value.Span);
    }

    public void WriteNullableBytes(bool compact, ReadOnlyMemory<byte>? value)
    {
        WriteNullableCount(compact, value?.Length);
        WriteRaw(value.GetValueOrDefault().Span);
    }

    public void WriteRecords(bool compact, RecordData value)
    {
        Invariant.Assert(!value.IsNull);
        WriteNullableRecords(compact, value);
    }

    public void WriteNullableRecords(bool compact, RecordData value)
    {
        WriteNullableCount(compact, value.IsNull ? null : value.SizeBytes);
        if (value.IsFile)
        {
            AddSplice(new OutgoingPiece(value.Range));
        }
        else if (value.IsLent && value.SizeBytes >= LentMinBytes)
        {
            AddSplice(new OutgoingPiece(value.Memory));
        }
        else
        {
            WriteRaw(value.Memory.Span);
        }
    }

    /// <summary>Bytes without a length.</summary>
    public void WriteRaw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>The length of bytes or of an array.</summary>
    public void WriteCount(bool compact, int count)
    {
        if (compact)
        {
            WriteUVarInt((uint)count + 1);
        }
        else
        {
            WriteInt32(count);
        }
    }

    public void WriteNullableCount(bool compact, int? count)
    {
        if (count is { } known)
        {
            WriteCount(compact, known);
        }
        else if (compact)
        {
            WriteUVarInt(0);
        }
        else
        {
            WriteInt32(-1);
        }
    }

    public void WritePresence(bool isPresent) => WriteInt8(isPresent ? (sbyte)1 : (sbyte)-1);

    public void WriteTaggedPresence(bool isPresent) => WriteUVarInt(isPresent ? 1u : 0u);

    /// <summary>
    /// Begins the tagged fields of a struct: <paramref name="known"/> of its own, and unknown ones.
    /// </summary>
    public void WriteTagCount(int known, List<UnknownTag>? unknown) =>
        WriteUVarInt((uint)(known + (unknown?.Count ?? 0)));

    /// <summary>
    /// Begins a tagged field, after the unknown ones from <paramref name="next"/> with lower numbers. Its
    /// size is put in by <see cref="EndTag"/>, which takes what this returns.
    /// </summary>
    public int BeginTag(int tag, List<UnknownTag>? unknown, ref int next)
    {
        for (; unknown is not null && next < unknown.Count && unknown[next].Tag < tag; next++)
        {
            WriteUnknownTag(unknown, next);
        }
        Invariant.Assert(unknown is null || next == unknown.Count || unknown[next].Tag > tag);
        WriteUVarInt((uint)tag);
        Take(1);
        _openTags++;
        return _position;
    }

    /// <summary>
    /// Puts the size before the field: one byte is reserved for it, and larger fields are shifted.
    /// </summary>
    public void EndTag(int start)
    {
        _openTags--;
        var size = _position - start;
        Span<byte> encoded = stackalloc byte[Limits.VarIntMaxBytes];
        var extra = PutUVarInt(encoded, (uint)size) - 1;
        if (extra > 0)
        {
            Take(extra);
            _bytes.AsSpan(start, size).CopyTo(_bytes.AsSpan(start + extra));
        }
        encoded[..(extra + 1)].CopyTo(_bytes.AsSpan(start - 1));
    }

    /// <summary>The tagged fields of a struct that has none of its own.</summary>
    public void WriteUnknownTags(List<UnknownTag>? unknown)
    {
        WriteTagCount(0, unknown);
        WriteUnknownTags(unknown, 0);
    }

    /// <summary>Those from <paramref name="next"/> on.</summary>
    public void WriteUnknownTags(List<UnknownTag>? unknown, int next)
    {
        for (; unknown is not null && next < unknown.Count; next++)
        {
            WriteUnknownTag(unknown, next);
        }
    }

    private void WriteUnknownTag(List<UnknownTag> unknown, int index)
    {
        var (tag, bytes) = unknown[index];
        Invariant.Assert(index == 0 || unknown[index - 1].Tag < tag);
        WriteUVarInt(tag);
        WriteUVarInt((uint)bytes.Length);
        WriteRaw(bytes.Span);
    }

    private void SendBuffer(IConnection connection, int start, int end)
    {
        if (end > start)
        {
            connection.Send(_lease!.Retain(), start, end - start);
        }
    }

    private void ReleaseBuffer()
    {
        _lease?.Release();
        _lease = null;
        _bytes = [];
        _isQueued = false;
    }

    private void AddSplice(OutgoingPiece piece)
    {
        Invariant.Assert(_openTags == 0);    // the size of a tagged field counts the buffer only
        if (piece.SizeBytes > 0)
        {
            _splices.Add(new Splice(_position, piece));
            _splicedBytes += piece.SizeBytes;
        }
    }

    private Span<byte> Take(int sizeBytes)
    {
        Reserve(sizeBytes);
        var taken = _bytes.AsSpan(_position, sizeBytes);
        _position += sizeBytes;
        return taken;
    }

    private void Reserve(int sizeBytes)
    {
        if (_bytes.Length - _position < sizeBytes)
        {
            Grow(_position + sizeBytes);
        }
    }

    private void Grow(int sizeBytes)
    {
        var larger = buffers.Rent(
            Math.Max(FirstCapacity, Math.Max(sizeBytes, (int)Math.Min(2L * _bytes.Length, 1 << 30))));
        var isArray = MemoryMarshal.TryGetArray<byte>(larger.Memory, out var segment);
        Invariant.Assert(isArray && segment.Offset == 0);
        _bytes.AsSpan(0, _position).CopyTo(segment.Array);
        _lease?.Release();
        _lease = larger;
        _bytes = segment.Array!;
    }

    private static int PutUVarInt(Span<byte> bytes, uint value)
    {
        var size = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[size++] = (byte)(value & 0x7F | 0x80);
        }
        bytes[size++] = (byte)value;
        return size;
    }
}
