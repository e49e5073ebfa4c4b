using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

public sealed class TimeIndexTests
{
    private static readonly Offset Base = new(1_000);
    private static readonly Offset End = new(2_000);

    private static readonly Gen<int[]> Steps = Gen.ArrayOf(Gen.Choose(1, 9));

    [Fact]
    public void An_entry_is_a_timestamp_and_a_relative_offset()
    {
        var index = new TimeIndex(Base);
        index.MaybeAdd(258, new Offset(1_003));

        Assert.Equal("000000000000010200000003", Convert.ToHexStringLower(index.Bytes.Span));
    }

    [Fact]
    public void Only_a_later_timestamp_makes_an_entry()
    {
        var index = new TimeIndex(Base);
        index.MaybeAdd(-1, Base);
        Assert.Equal(0, index.Bytes.Length);
        index.MaybeAdd(50, new Offset(1_003));
        index.MaybeAdd(50, new Offset(1_004));
        index.MaybeAdd(49, new Offset(1_005));
        index.MaybeAdd(51, new Offset(1_006));

        Assert.Equal(2, index.Count);
        Assert.Equal(new TimeIndexEntry(51, new Offset(1_006)), index.Last);
    }

    [Fact]
    public void A_later_timestamp_cannot_be_of_an_earlier_offset()
    {
        var index = new TimeIndex(Base);
        index.MaybeAdd(50, new Offset(1_003));

        Assert.Throws<InvariantException>(() => index.MaybeAdd(60, new Offset(1_003)));
    }

    [Fact]
    public void A_floor_is_the_last_entry_that_is_not_later() =>
        Prop.ForAll(Steps.ToArbitrary(), Gen.Choose(-5, 200).ToArbitrary(), static (steps, at) =>
        {
            var index = Made(steps);
            var none = new TimeIndexEntry(-1, Base);
            var expected = Enumerable.Range(0, index.Count).Select(index.At)
                .Where(entry => entry.MaxTimestampMs <= at).Append(none).MaxBy(entry => entry.MaxTimestampMs);
            return index.FloorByTimestamp(at) == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Truncating_keeps_what_lies_below() =>
        Prop.ForAll(Steps.ToArbitrary(), Gen.Choose(-5, 200).ToArbitrary(), static (steps, at) =>
        {
            var index = Made(steps);
            var end = Base + at;
            var kept = Enumerable.Range(0, index.Count).Select(index.At)
                .Where(entry => entry.Offset < end).ToList();
            index.TruncateTo(end);
            return Enumerable.Range(0, index.Count).Select(index.At).SequenceEqual(kept);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_is_read_with_any_padding() =>
        Prop.ForAll(Steps.ToArbitrary(), Gen.Choose(0, 9).ToArbitrary(), static (steps, padding) =>
        {
            var index = Made(steps);
            var file = index.Bytes.ToArray().Concat(new byte[padding * TimeIndex.EntryBytes]).ToArray();
            var read = TimeIndex.TryParse(Base, file, new Offset(long.MaxValue), out var problem);
            return problem.Length == 0
                && (read!.Bytes.Span.SequenceEqual(index.Bytes.Span) || file.Length == TimeIndex.EntryBytes);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_record_of_the_year_1970_at_the_first_offset_is_an_entry()
    {
        var index = TimeIndex.TryParse(Base, new byte[12], End, out _)!;

        Assert.Equal(new TimeIndexEntry(0, Base), index.Last);
    }

    [Theory]
    [InlineData("0000000000000102000000", "no whole number of entries")]
    [InlineData("000000000000010200000003 000000000000010200000004", "entry 1")]
    [InlineData("000000000000010200000003 000000000000010300000003", "entry 1")]
    [InlineData("ffffffffffffffff00000003", "entry 0")]
    [InlineData("0000000000000102ffffffff", "entry 0")]
    [InlineData("0000000000000102000003e8", "offset 2000 in a segment that ends at 2000")]
    public void What_cannot_be_the_index_of_the_segment_is_refused(string hex, string said)
    {
        var file = Convert.FromHexString(hex.Replace(" ", ""));

        Assert.Null(TimeIndex.TryParse(Base, file, End, out var problem));
        Assert.Contains(said, problem);
    }

    private static TimeIndex Made(int[] steps)
    {
        var index = new TimeIndex(Base);
        var offset = Base - 1;
        var timestampMs = 0L;
        foreach (var step in steps)
        {
            offset += step;
            timestampMs += 10 - step;
            index.MaybeAdd(timestampMs, offset);
        }
        return index;
    }
}
