using System;

namespace Testbed.Wire.Records;

/// <summary>
/// The headers of a record that has been read, in their encoded form and order. Only a reader that has
/// walked them makes this, so walking them again finds no fault.
/// </summary>
public readonly ref struct RecordHeaders
{
    /// <summary>A header with an empty key and a null value.</summary>
    internal const int HeaderBytesMin = 2;

    internal RecordHeaders(int count, ReadOnlySpan<byte> encoded)
    {
        Count = count;
        Encoded = encoded;
    }

    public int Count { get; }

    /// <summary>The headers as they stand in the record, without their count.</summary>
    internal ReadOnlySpan<byte> Encoded { get; }

    public RecordHeadersWalk GetEnumerator() => new(this);
}
