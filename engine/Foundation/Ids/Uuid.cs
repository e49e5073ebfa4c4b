using System;
using System.Buffers.Binary;

namespace Testbed.Foundation;

/// <summary>
/// A 128-bit identifier as Kafka writes it: most significant half first on the wire, and as text 22
/// characters of URL-safe base64 without padding. Not a <see cref="Guid"/>, whose byte order is mixed.
/// </summary>
public readonly record struct Uuid(ulong High, ulong Low) : IComparable<Uuid>
{
    public const int SizeBytes = 16;
    private const int TextLength = 22;

    /// <summary>All zero: no id.</summary>
    public static Uuid Zero => default;

    public bool IsZero => High == 0 && Low == 0;

    public static Uuid Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    /// <summary>Reads the text form. False when the text is not 22 characters of URL-safe base64.</summary>
    public static bool TryParse(string text, out Uuid id)
    {
        id = default;
        if (text.Length != TextLength)
        {
            return false;
        }
        Span<byte> bytes = stackalloc byte[SizeBytes + 2];
        var padded = text.Replace('-', '+').Replace('_', '/') + "==";
        if (!Convert.TryFromBase64String(padded, bytes, out var count) || count != SizeBytes)
        {
            return false;
        }
        id = Read(bytes);
        return true;
    }

    public int CompareTo(Uuid other) =>
        High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public static bool operator <(Uuid left, Uuid right) => left.CompareTo(right) < 0;
    public static bool operator >(Uuid left, Uuid right) => left.CompareTo(right) > 0;
    public static bool operator <=(Uuid left, Uuid right) => left.CompareTo(right) <= 0;
    public static bool operator >=(Uuid left, Uuid right) => left.CompareTo(right) >= 0;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        Write(bytes);
        return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }
}
