using System;

namespace Testbed.Compression;

/// <summary>
/// Unpacks one deflate stream (RFC 1951) and says where it ends. The framework's DeflateStream neither tells
/// the end of the stream from bytes behind it nor a whole stream from a cut one, and a broker has to.
/// </summary>
/// <remarks>
/// <code>
/// block:  last(1) kind(2)   kind 0: to byte border, length(16), ~length(16), bytes
///                           kind 1: symbols in the fixed code
///                           kind 2: hlit(5) hdist(5) hclen(4), the codes, symbols in these codes
/// symbol: 0-255 a byte, 256 end of block, 257-285 a length of 3-258, followed by a distance of 1-32768
/// </code>
/// </remarks>
internal ref struct Inflater
{
    public const int ScratchSize = 2 * HuffmanCode.ScratchSize;

    private const int EndOfBlock = 256;
    private const int MatchMax = 258;
    private const int LiteralCount = 286;
    private const int DistanceCount = 30;

    private BitReader _input;
    private readonly ByteBuffer _output;
    private readonly HuffmanCode _literals;     // and lengths; while a block begins, the code of the codes
    private readonly HuffmanCode _distances;
    private readonly int _start;                // nothing before it may be copied from
    private readonly int _lengthMax;            // of the output

    /// <summary>The scratch is memory for the codes; its contents do not matter.</summary>
    public Inflater(ReadOnlySpan<byte> input, ByteBuffer output, int lengthMax, Span<ushort> scratch)
    {
        _input = new BitReader(input);
        _output = output;
        _literals = new HuffmanCode(scratch[..HuffmanCode.ScratchSize]);
        _distances = new HuffmanCode(scratch.Slice(HuffmanCode.ScratchSize, HuffmanCode.ScratchSize));
        _start = output.Length;
        _lengthMax = lengthMax;
    }

    /// <summary>The input behind the stream, once <see cref="Run"/> has returned Ok.</summary>
    public readonly ReadOnlySpan<byte> Rest => _input.Rest;

    public DecompressStatus Run()
    {
        bool isLast;
        do
        {
            _input.Refill();
            isLast = _input.Take(1) != 0;
            var status = _input.Take(2) switch
            {
                0 => Stored(),
                1 => TryFixedCodes() ? Symbols() : DecompressStatus.Corrupt,
                2 => TryReadCodes() ? Symbols() : DecompressStatus.Corrupt,
                _ => DecompressStatus.Corrupt,
            };
            if (status != DecompressStatus.Ok)
            {
                return status;
            }
        }
        while (!isLast);
        return DecompressStatus.Ok;
    }

    private DecompressStatus Stored()
    {
        var sizes = _input.TakeBytes(4);
        if (_input.IsPastEnd || (sizes[0] ^ sizes[2]) != 0xFF || (sizes[1] ^ sizes[3]) != 0xFF)
        {
            return DecompressStatus.Corrupt;
        }
        var bytes = _input.TakeBytes(sizes[0] | (sizes[1] << 8));
        if (_input.IsPastEnd)
        {
            return DecompressStatus.Corrupt;
        }
        if (bytes.Length > _lengthMax - _output.Length)
        {
            return DecompressStatus.TooLarge;
        }
        _output.Append(bytes);
        return DecompressStatus.Ok;
    }

    private DecompressStatus Symbols()
    {
        while (true)
        {
            var window = _output.WithRoom(Math.Min(MatchMax, _lengthMax - _output.Length));
            var from = _output.Length;
            var status = SymbolsInto(window[..Math.Min(window.Length, _lengthMax)], out var length);
            _output.Advance(length - from);
            if (status is { } ended)
            {
                return ended;
            }
        }
    }

    /// <summary>
    /// Decodes until the block ends, or until the window may be too full for one match: null.
    /// </summary>
    private DecompressStatus? SymbolsInto(scoped Span<byte> window, out int length)
    {
        length = _output.Length;
        while (true)
        {
            _input.Refill();
            var symbol = _literals.Decode(_input.Bits, out var codeLength);
            _input.Skip(codeLength);
            if (symbol == HuffmanCode.NoSymbol || _input.IsPastEnd)
            {
                return DecompressStatus.Corrupt;
            }
            if (symbol == EndOfBlock)
            {
                return DecompressStatus.Ok;
            }
            if (symbol < EndOfBlock && length < window.Length)
            {
                window[length++] = (byte)symbol;
            }
            else if (symbol < EndOfBlock)
            {
                return DecompressStatus.TooLarge;
            }
            else if (!TryMatch(symbol, length - _start, out var matchLength, out var distance))
            {
                return DecompressStatus.Corrupt;
            }
            else if (matchLength > window.Length - length)
            {
                return DecompressStatus.TooLarge;
            }
            else
            {
                CopyMatch(window, length, matchLength, distance);
                length += matchLength;
            }
            if (window.Length - length < MatchMax && window.Length < _lengthMax)
            {
                return null;
            }
        }
    }

    private bool TryMatch(int symbol, int behind, out int length, out int distance)
    {
        length = distance = 0;
        if (symbol >= LiteralCount)
        {
            return false;
        }
        length = DeflateTables.LengthBase[symbol - 257]
            + (int)_input.Take(DeflateTables.LengthExtraBits[symbol - 257]);
        var distanceSymbol = _distances.Decode(_input.Bits, out var codeLength);
        _input.Skip(codeLength);
        if (distanceSymbol is HuffmanCode.NoSymbol or >= DistanceCount)
        {
            return false;
        }
        distance = DeflateTables.DistanceBase[distanceSymbol]
            + (int)_input.Take(DeflateTables.DistanceExtraBits[distanceSymbol]);
        return !_input.IsPastEnd && distance <= behind;
    }

    private static void CopyMatch(Span<byte> window, int at, int length, int distance)
    {
        if (distance >= length)
        {
            window.Slice(at - distance, length).CopyTo(window[at..]);
        }
        else if (distance == 1)
        {
            window.Slice(at, length).Fill(window[at - 1]);
        }
        else
        {
            for (var i = at; i < at + length; i++)
            {
                window[i] = window[i - distance];
            }
        }
    }

    private readonly bool TryFixedCodes()
    {
        Span<byte> lengths = stackalloc byte[HuffmanCode.SymbolsMax];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        Span<byte> distanceLengths = stackalloc byte[32];
        distanceLengths.Fill(5);
        return _literals.TryBuild(lengths, mayBeSingle: false)
            && _distances.TryBuild(distanceLengths, mayBeSingle: false);
    }

    private bool TryReadCodes()
    {
        var literalCount = (int)_input.Take(5) + 257;
        var distanceCount = (int)_input.Take(5) + 1;
        if (literalCount > LiteralCount || distanceCount > DistanceCount)
        {
            return false;
        }
        Span<byte> lengths = stackalloc byte[LiteralCount + DistanceCount];
        lengths = lengths[..(literalCount + distanceCount)];
        return TryReadLengths(lengths)
            && lengths[EndOfBlock] != 0
            && _literals.TryBuild(lengths[..literalCount], mayBeSingle: true)
            && _distances.TryBuild(lengths[literalCount..], mayBeSingle: true);
    }

    private bool TryReadLengths(scoped Span<byte> lengths)
    {
        Span<byte> codeLengths = stackalloc byte[19];
        codeLengths.Clear();
        var codeLengthCount = (int)_input.Take(4) + 4;
        for (var i = 0; i < codeLengthCount; i++)
        {
            _input.Refill();
            codeLengths[DeflateTables.CodeLengthOrder[i]] = (byte)_input.Take(3);
        }
        if (!_literals.TryBuild(codeLengths, mayBeSingle: false))
        {
            return false;
        }
        var at = 0;
        while (at < lengths.Length)
        {
            _input.Refill();
            var symbol = _literals.Decode(_input.Bits, out var codeLength);
            _input.Skip(codeLength);
            if (symbol == HuffmanCode.NoSymbol || !TryFill(symbol, lengths, ref at))
            {
                return false;
            }
        }
        return !_input.IsPastEnd;
    }

    private bool TryFill(int symbol, scoped Span<byte> lengths, ref int at)
    {
        var count = symbol switch
        {
            16 => 3 + (int)_input.Take(2),
            17 => 3 + (int)_input.Take(3),
            18 => 11 + (int)_input.Take(7),
            _ => 1,
        };
        if (_input.IsPastEnd || count > lengths.Length - at || (symbol == 16 && at == 0))
        {
            return false;
        }
        var value = symbol switch
        {
            16 => lengths[at - 1],
            17 or 18 => (byte)0,
            _ => (byte)symbol,
        };
        lengths.Slice(at, count).Fill(value);
        at += count;
        return true;
    }
}
