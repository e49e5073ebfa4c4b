using System;
using System.Numerics;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>Bytes first in, first out. Grows to what it has to hold at once.</summary>
internal sealed class ByteRing
{
    private byte[] _bytes = [];    // its length is 0 or a power of two
    private int _head;

    public int Count { get; private set; }

    /// <summary>Copies the bytes in after those that are there.</summary>
    public void Put(ReadOnlySpan<byte> from)
    {
        Reserve(from.Length);
        var tail = (_head + Count) & (_bytes.Length - 1);
        var first = Math.Min(from.Length, _bytes.Length - tail);
        from[..first].CopyTo(_bytes.AsSpan(tail));
        from[first..].CopyTo(_bytes);
        Count += from.Length;
    }

    public void Take(Span<byte> into)
    {
        Invariant.Assert(into.Length <= Count);
        var first = Math.Min(into.Length, _bytes.Length - _head);
        _bytes.AsSpan(_head, first).CopyTo(into);
        _bytes.AsSpan(0, into.Length - first).CopyTo(into[first..]);
        _head = (_head + into.Length) & (_bytes.Length - 1);
        Count -= into.Length;
    }

    /// <summary>Drops the newest bytes so that <paramref name="count"/> remain.</summary>
    public void KeepFirst(int count)
    {
        Invariant.Assert(count <= Count);
        Count = count;
    }

    private void Reserve(int more)
    {
        var needed = Count + more;
        if (needed <= _bytes.Length)
        {
            return;
        }
        var grown = new byte[Math.Max(256, (int)BitOperations.RoundUpToPowerOf2((uint)needed))];
        var count = Count;
        Take(grown.AsSpan(0, count));
        _bytes = grown;
        _head = 0;
        Count = count;
    }
}
