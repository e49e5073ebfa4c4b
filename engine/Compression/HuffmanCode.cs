using System;

namespace Testbed.Compression;

/// <summary>
/// A canonical prefix code of deflate (RFC 1951 section 3.2.2), made from the code lengths of its symbols.
/// Codes of up to <see cref="FastBits"/> bits are found in one look-up, longer ones bit by bit.
/// </summary>
/// <remarks>
/// An entry of the fast table is symbol * 16 + length; length 0 means "longer, or no such code".
/// </remarks>
internal readonly ref struct HuffmanCode
{
    public const int NoSymbol = -1;
    public const int SymbolsMax = 288;
    public const int ScratchSize = FastSize + SymbolsMax + LengthMax + 1;

    private const int FastBits = 10;
    private const int FastSize = 1 << FastBits;
    private const int LengthMax = 15;

    private readonly Span<ushort> _fast;       // FastSize entries, by the next bits of the input
    private readonly Span<ushort> _symbols;    // by length, then by symbol: the order of canonical codes
    private readonly Span<ushort> _counts;     // LengthMax + 1 entries: codes of each length

    /// <summary>The scratch is the memory that the code lives in; its contents do not matter.</summary>
    public HuffmanCode(Span<ushort> scratch)
    {
        _fast = scratch[..FastSize];
        _symbols = scratch.Slice(FastSize, SymbolsMax);
        _counts = scratch.Slice(FastSize + SymbolsMax, LengthMax + 1);
    }

    /// <summary>
    /// Makes the code. False when the lengths claim more codes than there are, or leave some unassigned; a
    /// single code of one bit may stand alone where <paramref name="mayBeSingle"/>, and no code at all
    /// likewise.
    /// </summary>
    public bool TryBuild(ReadOnlySpan<byte> lengths, bool mayBeSingle)
    {
        _fast.Clear();
        _counts.Clear();
        foreach (var length in lengths)
        {
            _counts[length]++;
        }
        _counts[0] = 0;
        if (!IsComplete() && !(mayBeSingle && IsSingleOrNone()))
        {
            return false;
        }
        Span<int> nextCode = stackalloc int[LengthMax + 1];
        Span<int> nextIndex = stackalloc int[LengthMax + 1];
        for (var length = 1; length < LengthMax; length++)
        {
            nextCode[length + 1] = (nextCode[length] + _counts[length]) << 1;
            nextIndex[length + 1] = nextIndex[length] + _counts[length];
        }
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length != 0)
            {
                _symbols[nextIndex[length]++] = (ushort)symbol;
                FillFast(nextCode[length]++, length, symbol);
            }
        }
        return true;
    }

    /// <summary>
    /// The symbol whose code begins <paramref name="bits"/> (next bit lowest) and the length of its code, or
    /// <see cref="NoSymbol"/>.
    /// </summary>
    public int Decode(ulong bits, out int length)
    {
        int entry = _fast[(int)(bits & (FastSize - 1))];
        length = entry & 15;
        return length != 0 ? entry >> 4 : DecodeLong(bits, out length);
    }

    private int DecodeLong(ulong bits, out int length)
    {
        int code = 0, first = 0, index = 0;
        for (length = 1; length <= LengthMax; length++)
        {
            code |= (int)(bits & 1);
            bits >>= 1;
            int count = _counts[length];
            if (code - first < count)
            {
                return _symbols[index + (code - first)];
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        return NoSymbol;
    }

    private bool IsComplete()
    {
        var unassigned = 1;
        for (var length = 1; length <= LengthMax && unassigned >= 0; length++)
        {
            unassigned = (unassigned << 1) - _counts[length];
        }
        return unassigned == 0;
    }

    private bool IsSingleOrNone()
    {
        var codes = 0;
        foreach (int count in _counts)
        {
            codes += count;
        }
        return codes == 0 || (codes == 1 && _counts[1] == 1);
    }

    private void FillFast(int code, int length, int symbol)
    {
        if (length > FastBits)
        {
            return;
        }
        var entry = (ushort)((symbol << 4) | length);
        for (var bits = Reversed(code, length); bits < FastSize; bits += 1 << length)
        {
            _fast[bits] = entry;
        }
    }

    private static int Reversed(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }
        return reversed;
    }
}
