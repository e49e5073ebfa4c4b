using System;

namespace Testbed.Wire.Records;

/// <summary>
/// Walks the unpacked records of one batch. Allocates nothing; believes no length before it has seen that the
/// bytes are there.
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
        var size = ZigZagVarint.Read(_rest, out int length);
        if (Fault != RecordFault.None || ReadCount >= _recordsCount
            || size <= 0 || length < 0 || length > _rest.Length - size)
        {
            record = default;
            Fault = Fault != RecordFault.None ? Fault : FaultHere(size);
            return false;
        }
        var fields = new FieldReader(_rest.Slice(size, length));
        record = new RecordView(
            fields.Byte(),
            fields.VarLong(),
            fields.VarInt(),
            fields.KeyOrValue(),
            fields.KeyOrValue(),
            fields.Headers());
        if (!fields.Rest.IsEmpty)
        {
            fields.Fail(RecordFault.BytesAfterHeaders);
        }
        if (fields.Fault != RecordFault.None)
        {
            record = default;
            Fault = fields.Fault;
            return false;
        }
        _rest = _rest[(size + length)..];
        ReadCount++;
        return true;
    }

    /// <summary>
    /// Why no record begins here, whose length would be a number of that size; None at the end.
    /// </summary>
    private readonly RecordFault FaultHere(int varintSize)
    {
        if (_recordsCount < 0)
        {
            return RecordFault.CountNegative;
        }
        if (ReadCount == _recordsCount)
        {
            return _rest.IsEmpty ? RecordFault.None : RecordFault.BytesAfterRecords;
        }
        if (_rest.IsEmpty)
        {
            return RecordFault.TooFewRecords;
        }
        return varintSize == ZigZagVarint.TooWide ? RecordFault.NumberTooWide : RecordFault.RecordLength;
    }
}
