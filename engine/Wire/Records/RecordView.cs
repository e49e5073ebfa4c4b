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
    public required byte Attributes { get; init; }

    /// <summary>Milliseconds behind the batch's base timestamp.</summary>
    public required long TimestampDelta { get; init; }

    public required int OffsetDelta { get; init; }

    public required OptionalBytes Key { get; init; }

    public required OptionalBytes Value { get; init; }

    public required RecordHeaders Headers { get; init; }
}
