using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>
/// Frames of the toy protocol: a length of four bytes, an id of eight and filling whose every byte is the
/// id's lowest. Puts received pieces together; the same layout goes over the wire both ways.
/// </summary>
internal sealed class EchoFrame
{
    public const int HeaderBytes = 12;
    public const int FillingMaxBytes = 3_000;

    private readonly byte[] _bytes = new byte[HeaderBytes + FillingMaxBytes];
    private int _filled;

    private int WantedBytes => _filled < HeaderBytes ? HeaderBytes : HeaderBytes + FillingBytes;

    private int FillingBytes => BinaryPrimitives.ReadInt32BigEndian(_bytes);

    public long Id => BinaryPrimitives.ReadInt64BigEndian(_bytes.AsSpan(4));

    public ReadOnlySpan<byte> Whole => _bytes.AsSpan(0, WantedBytes);

    public static Lease New(IShard shard, long id, int fillingBytes)
    {
        var lease = shard.Buffers.Rent(HeaderBytes + fillingBytes);
        BinaryPrimitives.WriteInt32BigEndian(lease.Span, fillingBytes);
        BinaryPrimitives.WriteInt64BigEndian(lease.Span[4..], id);
        lease.Span.Slice(HeaderBytes, fillingBytes).Fill(unchecked((byte)id));
        return lease;
    }

    public Memory<byte> Missing() => _bytes.AsMemory(_filled, WantedBytes - _filled);

    /// <summary>True when the frame is whole now; call <see cref="Clear"/> before the next.</summary>
    public bool Add(int count)
    {
        var hadHeader = _filled >= HeaderBytes;
        _filled += count;
        Invariant.Assert(_filled < HeaderBytes || FillingBytes is >= 0 and <= FillingMaxBytes);
        var isWhole = _filled >= HeaderBytes && _filled == WantedBytes;
        Invariant.Assert(!isWhole || hadHeader || FillingBytes == 0);
        Invariant.Assert(!isWhole || FillingBytes == 0 || _bytes[WantedBytes - 1] == unchecked((byte)Id));
        return isWhole;
    }

    public void Clear() => _filled = 0;
}
