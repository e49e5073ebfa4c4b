namespace Testbed.Wire.Records;

/// <summary>One record of a batch, where it stands. Offset and time are told by its batch.</summary>
/// <remarks>
/// <code>
/// record: length (varint, of what follows), attributes (int8, none assigned), timestamp delta (varlong),
///         offset delta (varint), key, value, header count (varint), headers
/// key, value: length (varint, -1 is null), bytes
/// header: key (length not negative), value
/// </code>
/// </remarks>
public readonly ref struct RecordView
{
    internal RecordView(
        byte attributes,
        long timestampDelta,
        int offsetDelta,
        OptionalBytes key,
        OptionalBytes value,
        RecordHeaders headers)
    {
        Attributes = attributes;
        TimestampDelta = timestampDelta;
        OffsetDelta = offsetDelta;
        Key = key;
        Value = value;
        Headers = headers;
    }

    public byte Attributes { get; }

    /// <summary>Milliseconds behind the batch's base timestamp.</summary>
    public long TimestampDelta { get; }

    public int OffsetDelta { get; }

    public OptionalBytes Key { get; }

    public OptionalBytes Value { get; }

    public RecordHeaders Headers { get; }
}
