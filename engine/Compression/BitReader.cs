using System;
using System.Buffers.Binary;

namespace Testbed.Compression;

/// <summary>
/// The bits of a deflate stream, lowest bit of each byte first (RFC 1951 section 3.1.1). Reading past the
/// end gives zero bits and shows as <see cref="IsPastEnd"/>; the reader never faults.
/// </summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;      // of the next byte that is not counted in _bits
    private int _bitCount;      // bits taken in and not used; negative after the end was passed

    /// <summary>
    /// The next bits, next bit lowest; at least 56 of them after <see cref="Refill"/>, unless the input
    /// ends. Bits above the counted ones are zero or a preview of what the next refill brings.
    /// </summary>
    public ulong Bits { get; private set; }

    public readonly bool IsPastEnd => _bitCount < 0;

    /// <summary>Whole bytes that are not used, a byte used in part counting as used.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[(_position - (_bitCount >> 3))..];

    public void Refill()
    {
        if (_bytes.Length - _position >= sizeof(ulong) && _bitCount >= 0)
        {
            Bits |= BinaryPrimitives.ReadUInt64LittleEndian(_bytes[_position..]) << _bitCount;
            _position += (63 - _bitCount) >> 3;
            _bitCount |= 56;
            return;
        }
        while (_bitCount is >= 0 and <= 56 && _position < _bytes.Length)
        {
            Bits |= (ulong)_bytes[_position++] << _bitCount;
            _bitCount += 8;
        }
    }

    /// <summary>Uses <paramref name="count"/> bits, at most 32.</summary>
    public void Skip(int count)
    {
        Bits >>= count;
        _bitCount -= count;
    }

    /// <summary>Uses <paramref name="count"/> bits, at most 32, and returns them.</summary>
    public uint Take(int count)
    {
        var taken = (uint)(Bits & ((1UL << count) - 1));
        Skip(count);
        return taken;
    }

    /// <summary>
    /// Uses what remains of a byte that is used in part, and then <paramref name="count"/> bytes.
    /// </summary>
    public ReadOnlySpan<byte> TakeBytes(int count)
    {
        var rest = IsPastEnd ? default : Rest;
        if (count > rest.Length)
        {
            _bitCount = -1;
            return default;
        }
        _position = _bytes.Length - rest.Length + count;
        _bitCount = 0;
        Bits = 0;
        return rest[..count];
    }
}
