namespace Testbed.Wire.Records;

/// <summary>
/// A record to be written, without its headers: these follow it, and their count and size are told here.
/// </summary>
internal readonly ref struct RecordFields
{
    private const byte AttributesBytes = 1;

    public required long TimestampDelta { get; init; }

    public required int OffsetDelta { get; init; }

    public required OptionalBytes Key { get; init; }

    public required OptionalBytes Value { get; init; }

    public required int HeaderCount { get; init; }

    public required int HeadersSizeBytes { get; init; }

    /// <summary>What the record's length says: everything behind it, headers too.</summary>
    public int SizeBytes =>
        AttributesBytes + ZigZagVarint.SizeOf(TimestampDelta) + ZigZagVarint.SizeOf(OffsetDelta)
        + RecordWriter.SizeOf(Key) + RecordWriter.SizeOf(Value)
        + ZigZagVarint.SizeOf(HeaderCount) + HeadersSizeBytes;
}
