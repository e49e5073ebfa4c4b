using System;

namespace Testbed.Wire.Records;

/// <summary>
/// One header of a record: a key, which is text by custom and bytes on the wire, and a value or null.
/// </summary>
public readonly ref struct RecordHeaderView(ReadOnlySpan<byte> key, OptionalBytes value)
{
    public ReadOnlySpan<byte> Key { get; } = key;

    public OptionalBytes Value { get; } = value;
}
