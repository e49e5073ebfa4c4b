using System;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Foundation;

public sealed class BufferPoolTests
{
    [Theory]
    [InlineData(0, 256)]
    [InlineData(1, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 512)]
    [InlineData(65_536, 65_536)]
    [InlineData(65_537, 131_072)]
    public void Buffers_come_in_powers_of_two(int sizeBytes, int capacity) =>
        Assert.Equal(capacity, new BufferPool(0, poison: false).Rent(sizeBytes).Capacity);

    [Fact]
    public void A_poisoning_pool_fills_what_is_rented_and_what_comes_back()
    {
        var pool = new BufferPool(1 << 20, poison: true);
        var lease = pool.Rent(300);
        var memory = lease.Memory;
        Assert.DoesNotContain(memory.ToArray(), value => value != BufferPool.RentedPoison);
        memory.Span.Clear();
        lease.Release();
        Assert.DoesNotContain(memory.ToArray(), value => value != BufferPool.ReturnedPoison);
        Assert.Same(lease, pool.Rent(300));
        Assert.DoesNotContain(memory.ToArray(), value => value != BufferPool.RentedPoison);
    }

    [Fact]
    public void A_buffer_comes_back_with_its_last_holder()
    {
        var pool = new BufferPool(1 << 20, poison: true);
        var lease = pool.Rent(10).Retain();
        Assert.Equal(1, pool.OutstandingCount);
        lease.Release();
        Assert.Equal((1, BufferPool.RentedPoison), (pool.OutstandingCount, lease.Span[0]));
        lease.Release();
        Assert.Equal(0, pool.OutstandingCount);
    }

    [Fact]
    public void Touching_releasing_or_retaining_a_returned_buffer_is_a_broken_program()
    {
        var lease = new BufferPool(1 << 20, poison: true).Rent(10);
        lease.Release();
        Assert.Throws<InvariantException>(lease.Release);
        Assert.Throws<InvariantException>(() => lease.Retain());
        Assert.Throws<InvariantException>(() => lease.Memory);
        Assert.Throws<InvariantException>(() => lease.Span.Length);
    }

    [Fact]
    public void No_more_is_kept_than_the_pool_may_keep()
    {
        var pool = new BufferPool(retainedBytesMax: 1_024, poison: false);
        var leases = new Lease[3];
        for (var i = 0; i < leases.Length; i++)
        {
            leases[i] = pool.Rent(512);
        }
        Array.ForEach(leases, lease => lease.Release());
        Assert.Same(leases[1], pool.Rent(512));
        Assert.Same(leases[0], pool.Rent(512));
        Assert.NotSame(leases[2], pool.Rent(512));
        Assert.Equal(3, pool.OutstandingCount);
    }
}
