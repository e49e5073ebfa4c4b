using System;
using Testbed.Foundation;

namespace Testbed.Compression;

/// <summary>
/// Bytes that are appended to, in one leased buffer that doubles when it is full.
/// </summary>
/// <remarks>
/// The buffer owns at most one lease. <see cref="Clear"/> keeps it for the next use, <see cref="Release"/>
/// gives it back, <see cref="Detach"/> hands it to the caller. Spans taken from the buffer are good until
/// the next append.
/// </remarks>
public sealed class ByteBuffer(IBuffers buffers)
{
    private Lease? _lease;    // null until something is written; capacity >= Length

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _lease is null ? default : _lease.Span[..Length];

    /// <summary>What is written, to be patched in place.</summary>
    public Span<byte> Patchable => _lease is null ? default : _lease.Span[..Length];

    /// <summary>Room for at least <paramref name="count"/> more bytes, behind what is written.</summary>
    public Span<byte> Reserve(int count) => WithRoom(count)[Length..];

    /// <summary>
    /// What is written and room for at least <paramref name="count"/> more bytes, in one span.
    /// </summary>
    public Span<byte> WithRoom(int count)
    {
        Invariant.Assert(count >= 0);
        if (_lease is null)
        {
            _lease = buffers.Rent(count);
        }
        else if (_lease.Capacity - Length < count)
        {
            Grow(Length + count);
        }
        return _lease.Span;
    }

    /// <summary>Counts <paramref name="count"/> bytes of the room as written.</summary>
    public void Advance(int count)
    {
        Invariant.Assert(count >= 0);
        Invariant.Assert(_lease is not null && count <= _lease.Capacity - Length);
        Length += count;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Advance(bytes.Length);
    }

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        Advance(1);
    }

    /// <summary>Forgets everything behind the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        Invariant.Assert(length >= 0 && length <= Length);
        Length = length;
    }

    /// <summary>Forgets the bytes and keeps the lease.</summary>
    public void Clear() => Length = 0;

    /// <summary>
    /// Hands the lease and what is written in it to the caller; the buffer is empty afterwards.
    /// </summary>
    public LeasedBytes Detach()
    {
        var detached = new LeasedBytes(_lease ?? buffers.Rent(0), Length);
        _lease = null;
        Length = 0;
        return detached;
    }

    /// <summary>Forgets the bytes and gives the lease back. The buffer can be used again.</summary>
    public void Release()
    {
        _lease?.Release();
        _lease = null;
        Length = 0;
    }

    private void Grow(int capacityMin)
    {
        var grown = buffers.Rent(
            Math.Max(capacityMin, (int)Math.Min(2L * _lease!.Capacity, Array.MaxLength / 2)));
        _lease.Span[..Length].CopyTo(grown.Span);
        _lease.Release();
        _lease = grown;
    }
}
