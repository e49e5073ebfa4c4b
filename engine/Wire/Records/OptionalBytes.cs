using System;

namespace Testbed.Wire.Records;

/// <summary>
/// Bytes, or null, which is not the same as no bytes: a record without a value is a tombstone.
/// </summary>
public readonly ref struct OptionalBytes
{
    private readonly bool _isThere;

    public OptionalBytes(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
        _isThere = true;
    }

    public static OptionalBytes Null => default;

    /// <summary>The bytes; none when null.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public bool IsNull => !_isThere;

    public static implicit operator OptionalBytes(ReadOnlySpan<byte> bytes) => new(bytes);

    public static implicit operator OptionalBytes(Span<byte> bytes) => new(bytes);

    public static implicit operator OptionalBytes(byte[]? bytes) =>
        bytes is null ? default : new OptionalBytes(bytes);

    public byte[]? ToArray() => IsNull ? null : Bytes.ToArray();
}
