using System;

namespace Testbed.Wire.Records;

/// <summary>
/// Walks the unpacked records of one batch. Allocates nothing; believes no length before it has seen that
/// the bytes are there.
/// </summary>
public ref struct RecordReader(ReadOnlySpan<byte> records, int recordsCount)
{
    private readonly int _recordsCount = recordsCount;
    private ReadOnlySpan<byte> _rest = records;

    /// <summary>Records read so far; also the index of the next.</summary>
    public int ReadCount { get; private set; }

    /// <summary>None while all is well, and after the last record if the records end there.</summary>
    public RecordFault Fault { get; private set; }

    /// <summary>False behind the last record and at a fault.</summary>
    public bool TryRead(out RecordView record)
    {
        record = default;
        if (Fault != RecordFault.None || ReadCount >= _recordsCount)
        {
            Fault = Fault != RecordFault.None ? Fault : FaultAtEnd();
            return false;
        }
        if (!TryTakeFields(out var fields))
        {
            return false;
        }
        record = new RecordView
        {
            Attributes = fields.Byte(),
            TimestampDelta = fields.VarLong(),
            OffsetDelta = fields.VarInt(),
            Key = fields.KeyOrValue(),
            Value = fields.KeyOrValue(),
            Headers = fields.Headers(),
        };
        if (!fields.Rest.IsEmpty)
        {
            fields.Fail(RecordFault.BytesAfterHeaders);
        }
        Fault = fields.Fault;
        ReadCount += Fault == RecordFault.None ? 1 : 0;
        return Fault == RecordFault.None;
    }

    private bool TryTakeFields(out FieldReader fields)
    {
        fields = default;
        if (_rest.IsEmpty)
        {
            Fault = RecordFault.TooFewRecords;
            return false;
        }
        var size = ZigZagVarint.Read(_rest, out int length);
        if (size <= 0 || length < 0 || length > _rest.Length - size)
        {
            Fault = size == ZigZagVarint.TooWide ? RecordFault.NumberTooWide : RecordFault.RecordLength;
            return false;
        }
        fields = new FieldReader(_rest.Slice(size, length));
        _rest = _rest[(size + length)..];
        return true;
    }

    private readonly RecordFault FaultAtEnd()
    {
        if (_recordsCount < 0)
        {
            return RecordFault.CountNegative;
        }
        return _rest.IsEmpty ? RecordFault.None : RecordFault.BytesAfterRecords;
    }
}
