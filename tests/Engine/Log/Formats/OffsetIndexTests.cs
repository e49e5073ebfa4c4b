using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

public sealed class OffsetIndexTests
{
    private static readonly Offset Base = new(1_000);

    /// <summary>Steps from one entry to the next.</summary>
    private static readonly Gen<(int Offset, int Position)[]> Steps = Gen.ArrayOf(
        Gen.Choose(1, 9).Zip(Gen.Choose(1, 700), static (offset, position) => (offset, position)));

    [Fact]
    public void An_empty_index_leads_to_the_beginning_of_the_segment()
    {
        var index = new OffsetIndex(Base);

        Assert.Equal(0, index.Bytes.Length);
        Assert.Null(index.Last);
        Assert.Equal(new OffsetPosition(Base, 0), index.FloorByOffset(new Offset(5_000)));
        Assert.Equal(new OffsetPosition(Base, 0), index.FloorByPosition(77));
    }

    [Fact]
    public void An_entry_is_a_relative_offset_and_a_position()
    {
        var index = new OffsetIndex(Base);
        index.Add(new Offset(1_258), 4_660);

        Assert.Equal("0000010200001234", Convert.ToHexStringLower(index.Bytes.Span));
    }

    [Theory]
    [InlineData(1_010, 200)]
    [InlineData(1_020, 100)]
    [InlineData(1_009, 300)]
    public void Entries_ascend(long offset, int position)
    {
        var index = new OffsetIndex(Base);
        index.Add(new Offset(1_010), 100);

        if (offset > 1_010 && position > 100)
        {
            index.Add(new Offset(offset), position);
        }
        else
        {
            Assert.Throws<InvariantException>(() => index.Add(new Offset(offset), position));
        }
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void A_floor_is_the_last_entry_that_is_not_beyond() =>
        Prop.ForAll(Steps.ToArbitrary(), Gen.Choose(-5, 200).ToArbitrary(), static (steps, at) =>
        {
            var index = Made(steps);
            var entries = Enumerable.Range(0, index.Count).Select(index.At).ToList();
            var beginning = new OffsetPosition(Base, 0);
            var target = Base + at;
            return index.FloorByOffset(target)
                    == entries.Where(entry => entry.Offset <= target).Append(beginning).MaxBy(Position)
                && index.FloorByPosition(at * 40)
                    == entries.Where(entry => entry.Position <= at * 40).Append(beginning).MaxBy(Position);
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
            var file = index.Bytes.ToArray().Concat(new byte[padding * OffsetIndex.EntryBytes]).ToArray();
            var read = OffsetIndex.TryParse(Base, file, int.MaxValue, out var problem);
            return problem.Length == 0 && read!.Bytes.Span.SequenceEqual(index.Bytes.Span);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("00000001000000", "no whole number of entries")]
    [InlineData("0000000a00000064 0000000a000000c8", "entry 1")]
    [InlineData("0000000a00000064 0000000b00000064", "entry 1")]
    [InlineData("0000000a00000064 0000000000000000 0000000b000000c8", "entry 1")]
    [InlineData("ffffffff00000064", "entry 0")]
    [InlineData("0000000a00000000", "entry 0")]
    [InlineData("0000000a000001f4", "position 500 in a segment of 500 bytes")]
    public void What_cannot_be_the_index_of_the_segment_is_refused(string hex, string said)
    {
        var file = Convert.FromHexString(hex.Replace(" ", ""));

        Assert.Null(OffsetIndex.TryParse(Base, file, 500, out var problem));
        Assert.Contains(said, problem);
    }

    private static int Position(OffsetPosition entry) => entry.Position;

    private static OffsetIndex Made((int Offset, int Position)[] steps)
    {
        var index = new OffsetIndex(Base);
        var offset = Base;
        var position = 0;
        foreach (var step in steps)
        {
            offset += step.Offset;
            position += step.Position;
            index.Add(offset, position);
        }
        return index;
    }
}
