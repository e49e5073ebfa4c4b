using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Foundation;

public sealed class PrngTests
{
    [Fact]
    public void A_seed_gives_the_same_numbers_for_ever()
    {
        var chance = new Prng(42);
        Assert.Equal([Golden1, Golden2, Golden3], [chance.Next(), chance.Next(), chance.Next()]);
    }

    [Fact]
    public void Streams_of_different_seeds_nodes_and_uses_never_meet()
    {
        var first = new SortedSet<ulong>();
        for (ulong seed = 0; seed < 20; seed++)
        {
            for (var node = -1; node < 20; node++)
            {
                foreach (var use in new[] { "", "ids", "idsx", "jitter" })
                {
                    var number = Prng.ForUse(seed, new NodeId(node), use).Next();
                    Assert.True(first.Add(number), $"{seed} {node} {use}");
                }
            }
        }
        Assert.Contains(Prng.ForUse(3, new NodeId(4), "ids").Next(), first);
    }

    [Fact]
    public void Drawing_from_one_stream_moves_no_other()
    {
        var quiet = Prng.ForUse(1, new NodeId(1), "a");
        var busy = Prng.ForUse(1, new NodeId(1), "b");
        var expected = Prng.ForUse(1, new NodeId(1), "a").Next();
        for (var i = 0; i < 1_000; i++)
        {
            busy.Next();
        }
        Assert.Equal(expected, quiet.Next());
    }

    [Fact]
    public void Numbers_stay_in_their_range_and_reach_both_ends()
    {
        var chance = new Prng(7);
        var below = new SortedSet<int>();
        var between = new SortedSet<long>();
        for (var i = 0; i < 1_000; i++)
        {
            below.Add(chance.Below(10));
            between.Add(chance.Between(-3, 3));
        }
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], below);
        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], between);
        Assert.InRange(chance.Below(long.MaxValue), 0, long.MaxValue - 1);
        Assert.Throws<InvariantException>(() => chance.Below(0));
        Assert.Throws<InvariantException>(() => chance.Between(1, 0));
    }

    [Fact]
    public void Numbers_are_spread_evenly()
    {
        var chance = new Prng(11);
        var counts = new int[16];
        for (var i = 0; i < 160_000; i++)
        {
            counts[chance.Below(16)]++;
        }
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
        var hits = 0;
        for (var i = 0; i < 10_000; i++)
        {
            hits += chance.Chance(1, 4) ? 1 : 0;
        }
        Assert.InRange(hits, 2_300, 2_700);
    }

    [Fact]
    public void Filling_takes_whole_numbers_so_the_same_bytes_begin_every_length()
    {
        var whole = new byte[64];
        new Prng(5).Fill(whole);
        for (var length = 0; length <= 64; length++)
        {
            var part = new byte[length];
            new Prng(5).Fill(part);
            Assert.True(whole.AsSpan(0, length).SequenceEqual(part));
        }
    }

    [Fact]
    public void Random_ids_are_of_version_four_and_differ()
    {
        var chance = new Prng(1);
        var ids = new SortedSet<Uuid>();
        for (var i = 0; i < 1_000; i++)
        {
            var id = chance.NextUuid();
            Assert.Equal(4UL, (id.High >> 12) & 0xF);
            Assert.Equal(2UL, id.Low >> 62);
            Assert.True(ids.Add(id));
        }
    }

    private const ulong Golden1 = 1546998764402558742;
    private const ulong Golden2 = 6990951692964543102;
    private const ulong Golden3 = 12544586762248559009;
}
