using System.Collections.Generic;

namespace Testbed.Tests.Interop;

/// <summary>
/// What a client can write. The data set of a shape has everything that the shape allows.
/// </summary>
internal sealed record ExchangeShape
{
    /// <summary>Keys and values of any bytes; otherwise text without control characters.</summary>
    public bool HasBinary { get; init; } = true;

    /// <summary>Empty keys and values, besides none.</summary>
    public bool HasEmpty { get; init; } = true;

    /// <summary>Records with neither key nor value.</summary>
    public bool HasBareRecords { get; init; } = true;

    /// <summary>Timestamps of the test's choice; otherwise those of the moment of writing.</summary>
    public bool HasTimestamps { get; init; } = true;

    /// <summary>Headers without a value, besides empty ones.</summary>
    public bool HasNullHeaders { get; init; } = true;

    /// <summary>Headers of one name with others between them.</summary>
    public bool HasScatteredHeaders { get; init; } = true;

    /// <summary>The headers of every record, for a client that cannot vary them.</summary>
    public IReadOnlyList<ExchangeHeader>? FixedHeaders { get; init; }
}
