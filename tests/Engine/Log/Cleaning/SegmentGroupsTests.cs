using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

public sealed class SegmentGroupsTests
{
    [Theory]
    [InlineData("100 100 100", 1000, "3")]
    [InlineData("100 100 100", 200, "2 1")]
    [InlineData("100 100 100", 199, "1 1 1")]
    [InlineData("900 100 100 50", 250, "1 3")]
    [InlineData("900 900", 250, "1 1")]    // too large for any group: alone
    [InlineData("", 250, "")]
    public void Segments_share_a_group_while_their_batches_fit_one(string sizes, int most, string groups)
    {
        var sources = Words(sizes).Select((size, index) => Source(index * 10, size)).ToList();

        var counts = SegmentGroups.Of(sources, most, 1000).Select(one => one.Count);
        Assert.Equal(groups, string.Join(' ', counts));
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(50, 2)]
    public void Their_indexes_have_to_fit_too(int indexBytes, int count)
    {
        CleanSource[] byOffset =
        [
            Source(0, 1) with { IndexBytes = indexBytes }, Source(10, 1) with { IndexBytes = indexBytes },
        ];
        CleanSource[] byTime =
        [
            Source(0, 1) with { TimeIndexBytes = indexBytes },
            Source(10, 1) with { TimeIndexBytes = indexBytes },
        ];

        Assert.Equal(count, SegmentGroups.Of(byOffset, 1000, 100)[0].Count);
        Assert.Equal(count, SegmentGroups.Of(byTime, 1000, 100)[0].Count);
    }

    [Theory]
    [InlineData(0L, 1, 2)]
    [InlineData(1L, 1, 1)]    // its last offset is too far from the base
    [InlineData(1L, 0, 2)]    // an empty one has no offsets
    public void Offsets_stay_within_31_bits_of_the_base(long beyond, int sizeBytes, int count)
    {
        var last = Source(100, sizeBytes) with { End = new Offset(int.MaxValue + 1L + beyond) };

        Assert.Equal(count, SegmentGroups.Of([Source(0, 1), last], 1000, 1000)[0].Count);
    }

    private static IEnumerable<int> Words(string text) =>
        text.Split(' ', System.StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);

    private static CleanSource Source(long segmentBase, int sizeBytes) =>
        new(new Offset(segmentBase), new Offset(segmentBase + 10), null!, sizeBytes, -1, []);
}
