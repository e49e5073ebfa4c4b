using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>
/// Which segments go. A log of 0-9, 10-19, 20-29, 30-39 (active), 100 bytes each, a second apart.
/// </summary>
public sealed class RetentionTests
{
    private static readonly RetentionRule Keep = new()
    {
        DeletesByPolicy = true,
        RetentionMs = RetentionRule.Unlimited,
        RetentionBytes = RetentionRule.Unlimited,
        LogStart = Offset.Zero,
        HighWatermark = new Offset(40),
        NowMs = 10_000,
    };

    [Theory]
    [InlineData(RetentionRule.Unlimited, 0)]
    [InlineData(9_000, 0)]     // the oldest is just as old as allowed
    [InlineData(8_999, 1)]
    [InlineData(7_000, 2)]
    [InlineData(6_999, 3)]
    [InlineData(6_000, 3)]
    [InlineData(5_999, 4)]     // the active one too
    [InlineData(0, 4)]
    public void By_time_a_segment_goes_once_its_latest_record_is_too_old(long retentionMs, int expected) =>
        Assert.Equal(expected, Decide(Keep with { RetentionMs = retentionMs }).DeletableCount);

    [Theory]
    [InlineData(RetentionRule.Unlimited, 0)]
    [InlineData(400, 0)]
    [InlineData(301, 0)]
    [InlineData(300, 1)]
    [InlineData(299, 1)]
    [InlineData(200, 2)]
    [InlineData(1, 3)]
    [InlineData(0, 4)]
    public void By_size_a_segment_goes_when_the_rest_is_enough(long retentionBytes, int expected) =>
        Assert.Equal(expected, Decide(Keep with { RetentionBytes = retentionBytes }).DeletableCount);

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(19, 1)]
    [InlineData(30, 3)]
    [InlineData(40, 3)]    // never the active one
    public void Below_the_log_start_a_segment_goes_whatever_the_policy(long logStart, int expected)
    {
        var rule = Keep with { LogStart = new Offset(logStart), DeletesByPolicy = false, RetentionBytes = 0 };

        Assert.Equal(expected, Decide(rule).DeletableCount);
        Assert.False(Decide(rule).RollsActive);
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(29, 2)]
    [InlineData(39, 3)]
    [InlineData(40, 4)]
    public void Nothing_above_the_high_watermark_goes(long highWatermark, int expected) =>
        Assert.Equal(
            expected,
            Decide(Keep with { RetentionMs = 0, HighWatermark = new Offset(highWatermark) }).DeletableCount);

    [Fact]
    public void It_stops_at_the_first_that_must_stay()
    {
        var segments = Log();
        segments[1] = segments[1] with { MaxTimestampMs = 9_999 };

        Assert.Equal(1, Retention.Decide(segments, Keep with { RetentionMs = 5_000 }).DeletableCount);
    }

    [Fact]
    public void What_one_rule_deletes_lets_another_go_on_behind_it()
    {
        var segments = Log();
        segments[0] = segments[0] with { MaxTimestampMs = 9_999 };
        var rule = Keep with { RetentionMs = 5_000, RetentionBytes = 300 };

        // The first goes by size, the next three by age; the first alone would have kept them by age.
        Assert.Equal(4, Retention.Decide(segments, rule).DeletableCount);
        Assert.Equal(0, Retention.Decide(segments, rule with { RetentionBytes = 301 }).DeletableCount);
    }

    [Fact]
    public void When_all_goes_the_caller_rolls_first_and_the_log_starts_at_its_end()
    {
        var verdict = Decide(Keep with { RetentionMs = 0 });

        Assert.True(verdict.RollsActive);
        Assert.Equal(40, verdict.NewStart.Value);
    }

    [Fact]
    public void An_empty_active_segment_stays()
    {
        var segments = Log();
        segments[3] = new SegmentFacts(new Offset(30), new Offset(30), 0, -1, -1);
        var rule = Keep with { RetentionMs = 0, HighWatermark = new Offset(30) };

        Assert.Equal(new RetentionVerdict(3, false, new Offset(30)), Retention.Decide(segments, rule));
    }

    [Fact]
    public void Records_without_a_timestamp_never_get_old()
    {
        var segments = Log().Select(segment => segment with { MaxTimestampMs = -1 }).ToList();

        Assert.Equal(0, Retention.Decide(segments, Keep with { RetentionMs = 0 }).DeletableCount);
    }

    [Fact]
    public void A_time_in_the_future_keeps_its_segment()
    {
        var segments = Log();
        segments[0] = segments[0] with { MaxTimestampMs = long.MaxValue };

        Assert.Equal(0, Retention.Decide(segments, Keep with { RetentionMs = 0 }).DeletableCount);
    }

    [Fact]
    public void A_gap_that_compaction_left_counts_as_the_segments_before_it()
    {
        var segments = Log();
        segments[1] = segments[1] with { End = new Offset(12) };
        var within = Keep with { RetentionMs = 0, HighWatermark = new Offset(15) };
        var behind = Keep with { RetentionMs = 0, HighWatermark = new Offset(20) };

        Assert.Equal(1, Retention.Decide(segments, within).DeletableCount);
        Assert.Equal(20, Retention.Decide(segments, behind).NewStart.Value);
    }

    private static RetentionVerdict Decide(RetentionRule rule) => Retention.Decide(Log(), rule);

    private static List<SegmentFacts> Log() =>
    [
        .. Enumerable.Range(0, 4).Select(i => new SegmentFacts(
            new Offset(10 * i), new Offset(10 * i + 10), 100, 1000 + 1000 * i, 1000 * i)),
    ];
}
