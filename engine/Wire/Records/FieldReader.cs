using System;
using System.Runtime.CompilerServices;

namespace Testbed.Wire.Records;

/// <summary>
/// Reads the fields of one record, in order. The first fault sticks: every field after it is empty, so that a
/// caller may read on and ask once.
/// </summary>
/// <remarks>
/// Every record of every produced batch passes here. The methods are inlined and the rare paths are static,
/// so that the rest and the fault stay in registers: a walk takes a third of the time.
/// </remarks>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private const byte OneByteEnd = 0x80;

    private ReadOnlySpan<byte> _rest = bytes;

    public RecordFault Fault { get; private set; }

    public readonly ReadOnlySpan<byte> Rest => _rest;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int VarInt()
    {
        if (!_rest.IsEmpty && _rest[0] < OneByteEnd)
        {
            int part = _rest[0];
            _rest = _rest[1..];
            return (part >> 1) ^ -(part & 1);
        }
        Skip(ZigZagVarint.Read(_rest, out int value));
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long VarLong()
    {
        if (!_rest.IsEmpty && _rest[0] < OneByteEnd)
        {
            long part = _rest[0];
            _rest = _rest[1..];
            return (part >> 1) ^ -(part & 1);
        }
        Skip(ZigZagVarint.Read(_rest, out long value));
        return value;
    }

    /// <summary>A length, -1 for null, and as many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RecordHeaders Headers()
    {
        var count = VarInt();
        if (count == 0)
        {
            return default;
        }
        var fault = FaultOfHeaders(_rest, count, out var sizeBytes);
        if (fault != RecordFault.None)
        {
            Fail(fault);
            return default;
        }
        var headers = new RecordHeaders(count, _rest[..sizeBytes]);
        _rest = _rest[sizeBytes..];
        return headers;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fail(RecordFault fault)
    {
        Fault = Fault == RecordFault.None ? fault : Fault;
        _rest = default;
    }

    private static RecordFault FaultOfHeaders(ReadOnlySpan<byte> bytes, int count, out int sizeBytes)
    {
        sizeBytes = 0;
        if (count < 0 || count > bytes.Length / RecordHeaders.HeaderBytesMin)
        {
            return RecordFault.HeaderCount;
        }
        var fields = new FieldReader(bytes);
        for (var i = 0; i < count; i++)
        {
            fields.HeaderKey();
            fields.KeyOrValue();
        }
        sizeBytes = bytes.Length - fields.Rest.Length;
        return fields.Fault;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    /// <summary>Passes a number of that size; a size of 0 or below is why it could not be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Skip(int varintSize)
    {
        if (varintSize > 0)
        {
            _rest = _rest[varintSize..];
            return;
        }
        var isTooWide = varintSize == ZigZagVarint.TooWide;
        Fail(isTooWide ? RecordFault.NumberTooWide : RecordFault.FieldBeyondRecord);
    }
}
