using System;

namespace Testbed.Foundation;

/// <summary>
/// A rented buffer with a count of holders. The last <see cref="Release"/> gives it back; touching it
/// afterwards is a broken invariant, and where the pool poisons, stale bytes show.
/// </summary>
public sealed class Lease
{
    private readonly BufferPool _pool;
    private readonly byte[] _bytes;
    private int _holders;    // > 0 while anybody may touch the bytes

    internal Lease(BufferPool pool, byte[] bytes)
    {
        _pool = pool;
        _bytes = bytes;
    }

    /// <summary>Bytes in the buffer; at least as many as were asked for.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>True while more than one holder may touch the bytes.</summary>
    public bool IsShared => _holders > 1;

    public Span<byte> Span => Bytes();

    public Memory<byte> Memory => Bytes();

    /// <summary>Adds a holder: one more <see cref="Release"/> is owed.</summary>
    public Lease Retain()
    {
        Invariant.Assert(_holders > 0);
        _holders++;
        return this;
    }

    public void Release()
    {
        Invariant.Assert(_holders > 0);
        _holders--;
        if (_holders == 0)
        {
            _pool.Return(this, _bytes);
        }
    }

    internal Lease Handed()
    {
        Invariant.Assert(_holders == 0);
        _holders = 1;
        return this;
    }

    private byte[] Bytes()
    {
        Invariant.Assert(_holders > 0);
        return _bytes;
    }
}
