using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using Testbed.Foundation;

namespace Testbed.Wire;

/// <summary>
/// Reads Kafka's primitives from one frame, front to back. Strict: every length and count is compared with
/// the bytes that remain before anything is allocated, so what a message costs is proportional to its size.
/// Everything that cannot be read throws <see cref="MalformedMessageException"/>. Byte fields are slices of
/// the frame. `compact` selects the encoding of flexible versions (KIP-482): uvarint of length + 1 instead of
/// int16 or int32.
/// </summary>
public ref struct WireReader(ReadOnlyMemory<byte> bytes)
{
    private const char Replacement = '\uFFFD';
    private const int TagMinBytes = 2;

    private readonly ReadOnlyMemory<byte> _memory = bytes;
    private readonly ReadOnlySpan<byte> _span = bytes.Span;
    private int _position;              // next byte to read, 0 <= _position <= _end
    private int _end = bytes.Length;    // of what may be read now: the frame, or the tagged field being read

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    /// <summary>Bytes left to read.</summary>
    public readonly int Remaining => _end - _position;

    public readonly MalformedMessageException Malformed(MalformedReason reason) => new(reason, _position);

    /// <summary>For messages that must fill their bytes exactly.</summary>
    public readonly void RequireEnd()
    {
        if (_position != _end)
        {
            throw Malformed(MalformedReason.TrailingBytes);
        }
    }

    /// <summary>Any byte but 0 is true.</summary>
    public bool ReadBool() => Take(1)[0] != 0;

    public sbyte ReadInt8() => unchecked((sbyte)Take(1)[0]);

    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint)));

    public long ReadInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    public double ReadFloat64() => BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));

    public Uuid ReadUuid() => Uuid.Read(Take(Uuid.SizeBytes));

    public ErrorCode ReadErrorCode() => (ErrorCode)ReadInt16();

    /// <summary>An unsigned variable-length integer of at most 32 bits, in its shortest form.</summary>
    public uint ReadUVarInt()
    {
        uint value = 0;
        for (var shift = 0; shift < 7 * Limits.VarIntMaxBytes; shift += 7)
        {
            var next = Take(1)[0];
            value |= (next & 0x7Fu) << shift;
            if (next < 0x80)
            {
                var isLonger = (next == 0 && shift > 0) || (shift == 28 && next > 0x0F);
                return isLonger ? throw Malformed(MalformedReason.OverlongVarInt) : value;
            }
        }
        throw Malformed(MalformedReason.OverlongVarInt);
    }

    /// <summary>Invalid UTF-8 is replaced by U+FFFD, as Kafka does.</summary>
    public string ReadString(bool compact) =>
        ReadNullableString(compact) ?? throw Malformed(MalformedReason.UnexpectedNull);

    public string? ReadNullableString(bool compact)
    {
        var length = compact ? ReadCompactLength() : ReadInt16();
        if (length > Limits.StringMaxBytes)
        {
            throw Malformed(MalformedReason.StringTooLong);
        }
        if (length < 0)
        {
            return NullOf(length);
        }
        var text = Encoding.UTF8.GetString(Take(length));
        return IsWritable(text, length) ? text : throw Malformed(MalformedReason.StringTooLong);
    }

    public ReadOnlyMemory<byte> ReadBytes(bool compact) =>
        ReadNullableBytes(compact) ?? throw Malformed(MalformedReason.UnexpectedNull);

    public ReadOnlyMemory<byte>? ReadNullableBytes(bool compact)
    {
        var length = compact ? ReadCompactLength() : ReadInt32();
        return length < 0 ? NullBytes(length) : ReadSlice(length);
    }

    public RecordData ReadRecords(bool compact) => RecordData.Copied(ReadBytes(compact));

    public RecordData ReadNullableRecords(bool compact) =>
        ReadNullableBytes(compact) is { } bytes ? RecordData.Copied(bytes) : default;

    /// <summary>The next bytes as they are, not copied.</summary>
    public ReadOnlyMemory<byte> ReadSlice(int sizeBytes)
    {
        var start = _position;
        Take(sizeBytes);
        return _memory.Slice(start, sizeBytes);
    }

    /// <summary>
    /// Elements of an array, each of which takes at least <paramref name="smallest"/> bytes.
    /// </summary>
    public int ReadCount(bool compact, int smallest)
    {
        var count = ReadNullableCount(compact, smallest);
        return count >= 0 ? count : throw Malformed(MalformedReason.UnexpectedNull);
    }

    /// <summary>The same, or -1 for a null array.</summary>
    public int ReadNullableCount(bool compact, int smallest)
    {
        var count = compact ? ReadCompactLength() : ReadInt32();
        if (count < -1)
        {
            throw Malformed(MalformedReason.NegativeLength);
        }
        return count <= Remaining / smallest ? count : throw Malformed(MalformedReason.Truncated);
    }

    /// <summary>Before a nullable struct: an int8, -1 for null.</summary>
    public bool ReadPresence() => ReadInt8() switch
    {
        -1 => false,
        < -1 => throw Malformed(MalformedReason.PresenceMarker),
        _ => true,
    };

    /// <summary>Before a nullable struct in a tagged field: a uvarint, 0 for null and 1 otherwise.</summary>
    public bool ReadTaggedPresence() => ReadUVarInt() switch
    {
        0 => false,
        1 => true,
        _ => throw Malformed(MalformedReason.PresenceMarker),
    };

    public int ReadTagCount()
    {
        var count = ReadUVarInt();
        var most = (uint)Remaining / TagMinBytes;
        return count <= most ? (int)count : throw Malformed(MalformedReason.Truncated);
    }

    /// <summary>
    /// Reads a tag's number, which must be above <paramref name="tag"/>, and its size: until
    /// <see cref="EndTag"/>, which needs what this returns, only the bytes of this field can be read.
    /// </summary>
    public int BeginTag(ref long tag)
    {
        long next = ReadUVarInt();
        if (next <= tag)
        {
            throw Malformed(MalformedReason.TagOrder);
        }
        tag = next;
        var size = ReadUVarInt();
        if (size > Remaining)
        {
            throw Malformed(MalformedReason.Truncated);
        }
        var outerEnd = _end;
        _end = _position + (int)size;
        return outerEnd;
    }

    public void EndTag(int outerEnd)
    {
        if (_position != _end)
        {
            throw Malformed(MalformedReason.TagSize);
        }
        _end = outerEnd;
    }

    public readonly void RequireTag(bool isInVersion)
    {
        if (!isInVersion)
        {
            throw Malformed(MalformedReason.TagNotInVersion);
        }
    }

    /// <summary>The rest of a tagged field that the schema does not know.</summary>
    public UnknownTag ReadUnknownTag(long tag) => new((uint)tag, ReadSlice(Remaining));

    /// <summary>
    /// The tagged fields of a struct for which the schema knows none; null when there are none.
    /// </summary>
    public List<UnknownTag>? ReadUnknownTags()
    {
        var count = ReadTagCount();
        if (count == 0)
        {
            return null;
        }
        var tags = new List<UnknownTag>(count);
        var tag = -1L;
        for (; count > 0; count--)
        {
            var end = BeginTag(ref tag);
            tags.Add(ReadUnknownTag(tag));
            EndTag(end);
        }
        return tags;
    }

    /// <summary>A length or count of flexible versions; -1 for null.</summary>
    private int ReadCompactLength()
    {
        var encoded = ReadUVarInt();
        return encoded <= int.MaxValue ? (int)encoded - 1 : throw Malformed(MalformedReason.Truncated);
    }

    private readonly string? NullOf(int length) =>
        length == -1 ? null : throw Malformed(MalformedReason.NegativeLength);

    private readonly ReadOnlyMemory<byte>? NullBytes(int length) =>
        length == -1 ? null : throw Malformed(MalformedReason.NegativeLength);

    /// <summary>
    /// Replacement characters take three bytes: what was read must fit when it is written back.
    /// </summary>
    private static bool IsWritable(string text, int length) =>
        length <= Limits.StringMaxBytes / 3
        || !text.Contains(Replacement)
        || Encoding.UTF8.GetByteCount(text) <= Limits.StringMaxBytes;

    private ReadOnlySpan<byte> Take(int sizeBytes)
    {
        if ((uint)sizeBytes > (uint)(_end - _position))
        {
            throw Malformed(MalformedReason.Truncated);
        }
        var taken = _span.Slice(_position, sizeBytes);
        _position += sizeBytes;
        return taken;
    }
}
