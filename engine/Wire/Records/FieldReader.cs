using System;

namespace Testbed.Wire.Records;

/// <summary>
/// Reads the fields of one record, in order. The first fault sticks: every field after it is empty, so that
/// a caller may read on and ask once.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public RecordFault Fault { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte()
    {
        if (_rest.IsEmpty)
        {
            Fail(RecordFault.FieldBeyondRecord);
            return 0;
        }
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public int VarInt()
    {
        if (!_rest.IsEmpty && _rest[0] < 0x80)
        {
            int part = _rest[0];
            _rest = _rest[1..];
            return (part >> 1) ^ -(part & 1);
        }
        Pass(ZigZagVarint.Read(_rest, out int value));
        return Fault == RecordFault.None ? value : 0;
    }

    public long VarLong()
    {
        Pass(ZigZagVarint.Read(_rest, out long value));
        return Fault == RecordFault.None ? value : 0;
    }

    /// <summary>A length, -1 for null, and as many bytes.</summary>
    public OptionalBytes KeyOrValue()
    {
        var length = VarInt();
        if (length >= 0)
        {
            return Take(length);
        }
        if (length < -1)
        {
            Fail(RecordFault.FieldLength);
        }
        return OptionalBytes.Null;
    }

    /// <summary>A header's key: a length that is not negative, and as many bytes.</summary>
    public ReadOnlySpan<byte> HeaderKey()
    {
        var length = VarInt();
        if (length < 0)
        {
            Fail(RecordFault.HeaderKeyNull);
            return default;
        }
        return Take(length);
    }

    /// <summary>The headers to the end of the record, each of them walked once here.</summary>
    public RecordHeaders Headers()
    {
        var count = VarInt();
        if (count < 0 || count > _rest.Length / RecordHeaders.HeaderBytesMin)
        {
            Fail(RecordFault.HeaderCount);
            return default;
        }
        var headers = new RecordHeaders(count, _rest);
        for (var i = 0; i < count; i++)
        {
            HeaderKey();
            KeyOrValue();
        }
        return Fault == RecordFault.None ? headers : default;
    }

    public void Fail(RecordFault fault)
    {
        if (Fault == RecordFault.None)
        {
            Fault = fault;
        }
        _rest = default;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            Fail(RecordFault.FieldBeyondRecord);
            return default;
        }
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private void Pass(int varintSize)
    {
        if (varintSize > 0)
        {
            _rest = _rest[varintSize..];
        }
        else
        {
            var isTooWide = varintSize == ZigZagVarint.TooWide;
            Fail(isTooWide ? RecordFault.NumberTooWide : RecordFault.FieldBeyondRecord);
        }
    }
}
