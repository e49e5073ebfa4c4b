using System;
using System.Collections.Generic;
using FsCheck.Xunit;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

public sealed class OffsetMapTests
{
    private readonly BufferPool _pool = new(retainedBytesMax: 0, poison: true);

    [Property]
    public void It_answers_as_a_dictionary_does(short[] keys, byte keysMax)
    {
        var map = New(keysMax, int.MaxValue);
        var expected = new Dictionary<short, long>();
        for (var i = 0; i < keys.Length; i++)
        {
            var isRoom = expected.Count < map.CountMax || expected.ContainsKey(keys[i]);
            Assert.Equal(isRoom, map.TryPut(Bytes(keys[i]), new Offset(i)));
            if (isRoom)
            {
                expected[keys[i]] = i;
            }
        }
        Assert.Equal(expected.Count, map.Count);
        Assert.True(map.CountMax >= keysMax);
        for (var key = -200; key < 200; key++)
        {
            Assert.Equal(expected.GetValueOrDefault((short)key, -1), map.Find(Bytes((short)key)).Value);
        }
        map.Release();
        Assert.Equal(0, _pool.OutstandingCount);
    }

    [Theory]
    [InlineData(1_000_000_000L, 24_000, 900)]         // the budget is the bound
    [InlineData(1_000_000_000L, 24_023, 900)]
    [InlineData(90L, 24_000, 90)]                     // the need is
    [InlineData(1_000_000_000L, 0, 1)]                // one key always
    [InlineData(0L, 24_000, 1)]
    [InlineData(long.MaxValue, 2_400, 90)]
    public void It_takes_no_more_than_is_needed_or_allowed_and_is_nine_tenths_full(
        long keysMax, int budgetBytes, int countMax)
    {
        var map = New(keysMax, budgetBytes);

        Assert.Equal(countMax, map.CountMax);
        map.Release();
    }

    [Fact]
    public void A_full_map_still_moves_the_keys_it_has()
    {
        var map = New(1, 0);

        Assert.True(map.TryPut("a"u8, new Offset(1)));
        Assert.False(map.TryPut("b"u8, new Offset(2)));
        Assert.True(map.TryPut("a"u8, new Offset(3)));
        Assert.Equal(3, map.Find("a"u8).Value);
        Assert.Equal(Offset.None, map.Find("b"u8));
        map.Release();
    }

    [Fact]
    public void Keys_of_any_length_are_told_apart_also_the_empty_one()
    {
        var map = New(1000, int.MaxValue);
        for (var length = 0; length < 600; length++)
        {
            Assert.True(map.TryPut(new byte[length], new Offset(length)));
        }
        for (var length = 0; length < 600; length++)
        {
            Assert.Equal(length, map.Find(new byte[length]).Value);
        }
        map.Release();
    }

    [Fact]
    public void The_salt_changes_the_hash_so_that_collisions_cannot_be_prepared()
    {
        Span<byte> one = stackalloc byte[KeyHash.SizeBytes];
        Span<byte> other = stackalloc byte[KeyHash.SizeBytes];
        var hash = new KeyHash(_pool, new Prng(1));
        hash.Of("key"u8, one);
        hash.Release();
        var second = new KeyHash(_pool, new Prng(2));
        second.Of("key"u8, other);
        second.Release();

        Assert.False(one.SequenceEqual(other));
    }

    [Fact]
    public void Putting_and_finding_allocate_nothing()
    {
        var map = New(1000, int.MaxValue);
        map.TryPut("warm"u8, Offset.Zero);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Span<byte> key = stackalloc byte[4];
        for (var i = 0; i < 500; i++)
        {
            BitConverter.TryWriteBytes(key, i);
            map.TryPut(key, new Offset(i));
            map.Find(key);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        map.Release();
    }

    private static byte[] Bytes(short key) => BitConverter.GetBytes(key);

    private OffsetMap New(long keysMax, int budgetBytes) =>
        new(_pool, new KeyHash(_pool, new Prng(7)), keysMax, budgetBytes);
}
