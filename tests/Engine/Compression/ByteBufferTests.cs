using System.Linq;
using Testbed.Compression;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Compression;

/// <summary>One lease at a time, and never a byte lost on the way to a larger one.</summary>
public sealed class ByteBufferTests
{
    [Fact]
    public void Bytes_survive_every_growth()
    {
        var pool = new BufferPool(retainedBytesMax: 0, poison: true);
        var buffer = new ByteBuffer(pool);
        for (var i = 0; i < 5_000; i++)
        {
            buffer.Append((byte)(i & 0xFF));
            Assert.Equal(1, pool.OutstandingCount);
        }
        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => (byte)(i & 0xFF)), buffer.Written.ToArray());
    }

    [Fact]
    public void A_cleared_buffer_keeps_its_lease_and_a_released_one_does_not()
    {
        var pool = new BufferPool(retainedBytesMax: 0, poison: true);
        var buffer = new ByteBuffer(pool);
        Assert.Equal(0, pool.OutstandingCount);
        buffer.Append([1, 2, 3]);
        buffer.Clear();
        Assert.Equal(1, pool.OutstandingCount);
        Assert.True(buffer.Written.IsEmpty);
        buffer.Release();
        Assert.Equal(0, pool.OutstandingCount);
        buffer.Append([4]);
        Assert.Equal([4], buffer.Written.ToArray());
    }

    [Fact]
    public void Detached_bytes_belong_to_the_caller()
    {
        var pool = new BufferPool(retainedBytesMax: 0, poison: true);
        var buffer = new ByteBuffer(pool);
        buffer.Append([1, 2, 3]);
        var detached = buffer.Detach();
        buffer.Append([9, 9]);
        Assert.Equal([1, 2, 3], detached.Span.ToArray());
        Assert.Equal([1, 2, 3], detached.Memory.ToArray());
        detached.Release();
        buffer.Release();
        buffer.Detach().Release();    // of nothing: an empty lease, which is owed all the same
        Assert.Equal(0, pool.OutstandingCount);
    }

    [Fact]
    public void More_than_the_room_cannot_be_counted_as_written()
    {
        var buffer = new ByteBuffer(new BufferPool(retainedBytesMax: 0, poison: true));
        Assert.Throws<InvariantException>(() => buffer.Advance(1));
        var room = buffer.Reserve(10).Length;
        Assert.True(room >= 10);
        buffer.Advance(room);
        Assert.Throws<InvariantException>(() => buffer.Advance(1));
        Assert.Throws<InvariantException>(() => buffer.Truncate(room + 1));
    }
}
