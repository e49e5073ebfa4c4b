using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>
/// What may be compacted. A log of 0-9, 10-19, 20-29, 30-39 (active); 100 bytes each; a second apart, the
/// latest record of the first at 1 s, its first batch half a second before.
/// </summary>
public sealed class CleanableRangeTests
{
    private static readonly CleanableRule All = new()
    {
        Checkpoint = Offset.None,
        LogStart = Offset.Zero,
        HighWatermark = new Offset(40),
        LastStable = new Offset(40),
        NowMs = 10_000,
        MinLagMs = 0,
        MaxLagMs = long.MaxValue,
    };

    [Fact]
    public void Without_a_checkpoint_all_but_the_active_segment_is_dirty() =>
        Assert.Equal(new CleanableRange(Offset.Zero, new Offset(30), 0, 300, false, false), Of(All));

    [Theory]
    [InlineData(0, 0, 300)]
    [InlineData(10, 100, 200)]
    [InlineData(15, 100, 200)]    // a segment with any dirty offset is dirty
    [InlineData(30, 300, 0)]
    public void What_lies_below_the_checkpoint_is_clean(long checkpoint, long clean, long dirty)
    {
        var range = Of(All with { Checkpoint = new Offset(checkpoint) });

        Assert.Equal(checkpoint, range.FirstDirty.Value);
        Assert.Equal((clean, dirty), (range.CleanBytes, range.DirtyBytes));
        Assert.False(range.IsCheckpointWrong);
    }

    [Theory]
    [InlineData(4)]     // below the log start
    [InlineData(31)]    // above the active segment's base: the log was truncated
    [InlineData(99)]
    public void P7_a_checkpoint_outside_the_log_makes_all_of_it_dirty(long checkpoint)
    {
        var range = Of(All with { Checkpoint = new Offset(checkpoint), LogStart = new Offset(5) });

        Assert.True(range.IsCheckpointWrong);
        Assert.Equal(5, range.FirstDirty.Value);
        Assert.Equal(300, range.DirtyBytes);
    }

    [Theory]
    [InlineData(40, 40, 30)]
    [InlineData(30, 40, 30)]
    [InlineData(29, 40, 20)]    // in the middle of a segment: that stays whole
    [InlineData(40, 29, 20)]
    [InlineData(40, 10, 10)]
    [InlineData(9, 40, 0)]
    public void P3_the_bound_is_a_segments_base_at_or_below_what_is_decided(
        long lastStable, long highWatermark, long bound)
    {
        var rule = All with
        {
            LastStable = new Offset(lastStable), HighWatermark = new Offset(highWatermark),
        };

        Assert.Equal(bound, Of(rule).Bound.Value);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(7_000, 30)]    // the latest dirty record is just old enough
    [InlineData(7_001, 20)]
    [InlineData(9_001, 0)]
    public void P3_records_younger_than_the_minimum_lag_are_not_touched(long minLagMs, long bound) =>
        Assert.Equal(bound, Of(All with { MinLagMs = minLagMs }).Bound.Value);

    [Fact]
    public void The_minimum_lag_is_asked_of_dirty_segments_only()
    {
        var segments = Log();
        segments[0] = segments[0] with { MaxTimestampMs = 9_999 };
        var rule = All with { MinLagMs = 5_000, Checkpoint = new Offset(10) };

        Assert.Equal(30, CleanableRange.Of(segments, rule).Bound.Value);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(10, 666_666, true)]
    [InlineData(10, 666_667, false)]
    [InlineData(20, 333_333, true)]
    [InlineData(20, 500_000, false)]
    [InlineData(0, 1_000_000, true)]
    [InlineData(30, 0, false)]    // nothing is dirty
    public void A_log_is_due_when_enough_of_it_is_dirty(long checkpoint, int minPerMillion, bool isDue) =>
        Assert.Equal(isDue, Of(All with { Checkpoint = new Offset(checkpoint) }).IsDue(minPerMillion));

    [Theory]
    [InlineData(0, 9_500, false)]     // the first batch at 500 ms is just as old as allowed
    [InlineData(0, 9_499, true)]
    [InlineData(10, 9_499, false)]    // that one is clean
    [InlineData(10, 8_499, true)]
    public void A_log_is_due_when_a_dirty_record_has_waited_too_long(
        long checkpoint, long maxLagMs, bool isDue)
    {
        var rule = All with { Checkpoint = new Offset(checkpoint), MaxLagMs = maxLagMs };

        var range = Of(rule) with { CleanBytes = long.MaxValue / 2 };    // far too little is dirty

        Assert.Equal(isDue, range.IsDue(500_000));
    }

    [Fact]
    public void Waiting_too_long_beyond_the_bound_makes_nothing_due()
    {
        var range = Of(All with { LastStable = Offset.Zero, MaxLagMs = 0 });

        Assert.True(range.IsLagOver);
        Assert.False(range.IsDue(0));
    }

    [Fact]
    public void The_log_with_the_larger_dirty_part_comes_first()
    {
        var half = new CleanableRange(Offset.Zero, Offset.Zero, 100, 100, false, false);
        var third = new CleanableRange(Offset.Zero, Offset.Zero, 200_000, 100_000, false, false);

        Assert.True(half.IsDirtierThan(third));
        Assert.False(third.IsDirtierThan(half));
        Assert.False(half.IsDirtierThan(half));
    }

    private static CleanableRange Of(CleanableRule rule) => CleanableRange.Of(Log(), rule);

    private static List<SegmentFacts> Log() =>
    [
        .. Enumerable.Range(0, 4).Select(i => new SegmentFacts(
            new Offset(10 * i), new Offset(10 * i + 10), 100, 1000 + 1000 * i, 500 + 1000 * i)),
    ];
}
