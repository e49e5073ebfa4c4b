using System;
using System.Collections.Generic;
using System.Numerics;

namespace Testbed.Foundation;

/// <summary>
/// Buffers in sizes of powers of two from 256 bytes. Keeps at most <c>retainedBytesMax</c> of returned
/// buffers; a poisoning pool fills a buffer with 0xA5 when it is rented and 0xDB when it comes back, so that
/// reading too early or too late shows in the simulator.
/// </summary>
public sealed class BufferPool(long retainedBytesMax, bool poison) : IBuffers
{
    public const byte RentedPoison = 0xA5;
    public const byte ReturnedPoison = 0xDB;
    private const int SmallestLog2 = 8;
    private const int ClassCount = 32 - SmallestLog2;

    private readonly Stack<Lease>[] _free = NewShelves();
    private long _retainedBytes;    // sum of the capacities on the shelves, <= retainedBytesMax

    public int OutstandingCount { get; private set; }

    public Lease Rent(int sizeBytes)
    {
        Invariant.Assert(sizeBytes >= 0);
        var shelf = ShelfOf(sizeBytes);
        if (!_free[shelf].TryPop(out var lease))
        {
            lease = new Lease(this, new byte[1 << (shelf + SmallestLog2)]);
        }
        else
        {
            _retainedBytes -= lease.Capacity;
        }
        OutstandingCount++;
        lease.Handed();
        if (poison)
        {
            lease.Span.Fill(RentedPoison);
        }
        return lease;
    }

    internal void Return(Lease lease, byte[] bytes)
    {
        Invariant.Assert(OutstandingCount > 0);
        OutstandingCount--;
        if (poison)
        {
            bytes.AsSpan().Fill(ReturnedPoison);
        }
        if (_retainedBytes + bytes.Length <= retainedBytesMax)
        {
            _retainedBytes += bytes.Length;
            _free[ShelfOf(bytes.Length)].Push(lease);
        }
    }

    private static int ShelfOf(int sizeBytes)
    {
        var log2 = sizeBytes <= 1 << SmallestLog2
            ? SmallestLog2
            : 32 - BitOperations.LeadingZeroCount((uint)sizeBytes - 1);
        Invariant.Assert(log2 < 31);
        return log2 - SmallestLog2;
    }

    private static Stack<Lease>[] NewShelves()
    {
        var shelves = new Stack<Lease>[ClassCount];
        for (var i = 0; i < shelves.Length; i++)
        {
            shelves[i] = new Stack<Lease>();
        }
        return shelves;
    }
}
