using System.Collections.Generic;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Foundation;

public sealed class StableHashTests
{
    [Fact]
    public void Values_are_the_same_in_every_process()
    {
        Assert.Equal(2737183428366584608UL, StableHash.Of(""));
        Assert.Equal(13095694419034585983UL, StableHash.Of("disk"));
        Assert.Equal(
            9189217717998943266UL, StableHash.Finish(StableHash.Add(StableHash.Add(StableHash.Seed, 1), -1)));
    }

    [Fact]
    public void Where_one_text_ends_and_the_next_begins_matters()
    {
        var hashes = new SortedSet<ulong>
        {
            StableHash.Add(StableHash.Add(StableHash.Seed, "ab"), "c"),
            StableHash.Add(StableHash.Add(StableHash.Seed, "a"), "bc"),
            StableHash.Add(StableHash.Add(StableHash.Seed, "abc"), ""),
            StableHash.Add(StableHash.Seed, "abc"),
        };
        Assert.Equal(4, hashes.Count);
    }

    [Fact]
    public void Small_numbers_and_their_order_do_not_collide()
    {
        var hashes = new SortedSet<ulong>();
        for (var first = -50; first < 50; first++)
        {
            for (var second = -50; second < 50; second++)
            {
                Assert.True(hashes.Add(StableHash.Add(StableHash.Add(StableHash.Seed, first), second)));
            }
        }
    }
}
