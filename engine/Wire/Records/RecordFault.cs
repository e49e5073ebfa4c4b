namespace Testbed.Wire.Records;

/// <summary>
/// What is wrong with the form of a record. All but None make the batch unreadable from there on.
/// </summary>
public enum RecordFault
{
    None = 0,

    /// <summary>The batch counts fewer than zero records.</summary>
    CountNegative,

    /// <summary>The batch ends before it has as many records as it counts.</summary>
    TooFewRecords,

    /// <summary>Bytes follow the last record that the batch counts.</summary>
    BytesAfterRecords,

    /// <summary>A record's length is negative or goes beyond the batch.</summary>
    RecordLength,

    /// <summary>A field goes beyond its record.</summary>
    FieldBeyondRecord,

    /// <summary>Bytes follow the headers within a record.</summary>
    BytesAfterHeaders,

    /// <summary>A number has bits beyond its width.</summary>
    NumberTooWide,

    /// <summary>A key or value has a length below -1, which is null.</summary>
    FieldLength,

    /// <summary>A negative number of headers, or more than the record has room for.</summary>
    HeaderCount,

    /// <summary>A header without a key.</summary>
    HeaderKeyNull,
}
