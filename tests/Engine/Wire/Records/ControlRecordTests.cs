using System;
using System.Linq;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>Keys of control records and the markers that end transactions.</summary>
public sealed class ControlRecordTests
{
    [Fact]
    public void Every_type_comes_back_from_its_key()
    {
        var bytes = new byte[ControlRecordKey.SizeBytes];
        foreach (var type in Enum.GetValues<ControlRecordType>())
        {
            new ControlRecordKey(type).Write(bytes);
            Assert.True(ControlRecordKey.TryRead(bytes, out var key));
            Assert.Equal(type, key.Type);
            Assert.Equal(0, key.Version);
        }
    }

    [Theory]
    [InlineData("00000007")]
    [InlineData("0000FFFF")]
    [InlineData("00007FFF")]
    public void An_unknown_type_is_no_error(string hex)
    {
        Assert.True(ControlRecordKey.TryRead(Convert.FromHexString(hex), out var key));
        Assert.Null(key.Type);
    }

    [Fact]
    public void Keys_of_later_versions_may_be_longer()
    {
        Assert.True(ControlRecordKey.TryRead(Convert.FromHexString("0003000199"), out var key));
        Assert.Equal(ControlRecordType.Commit, key.Type);
        Assert.Equal(3, key.Version);
    }

    [Fact]
    public void Keys_and_markers_that_are_cut_or_null_or_negative_are_none()
    {
        Assert.False(ControlRecordKey.TryRead(OptionalBytes.Null, out _));
        Assert.False(ControlRecordKey.TryRead(new byte[3], out _));
        Assert.False(ControlRecordKey.TryRead(Convert.FromHexString("FFFF0000"), out _));
        Assert.False(EndTransactionMarker.TryRead(OptionalBytes.Null, out _));
        Assert.False(EndTransactionMarker.TryRead(new byte[5], out _));
        Assert.False(EndTransactionMarker.TryRead(Convert.FromHexString("FFFF00000000"), out _));
    }

    [Theory]
    [InlineData(0, "000000000000")]
    [InlineData(1_097_215_576, "000041662E58")]
    [InlineData(int.MinValue, "000080000000")]
    public void A_marker_is_written_as_Kafka_writes_it(int coordinatorEpoch, string hex)
    {
        var bytes = new byte[EndTransactionMarker.SizeBytes];
        new EndTransactionMarker(coordinatorEpoch).Write(bytes);
        Assert.Equal(hex, Convert.ToHexString(bytes));
        Assert.True(EndTransactionMarker.TryRead(bytes, out var marker));
        Assert.Equal(new EndTransactionMarker(coordinatorEpoch), marker);
    }

    [Fact]
    public void Sequences_go_from_the_greatest_number_to_0()
    {
        Assert.Equal(5, SequenceNumber.Plus(2, 3));
        Assert.Equal(int.MaxValue, SequenceNumber.Plus(int.MaxValue, 0));
        Assert.Equal(0, SequenceNumber.Plus(int.MaxValue, 1));
        Assert.Equal(int.MaxValue - 1, SequenceNumber.Plus(int.MaxValue, int.MaxValue));
        Assert.Equal([6, 7], new[] { 6, 7 }.Select(sequence => SequenceNumber.Plus(sequence, 0)));
    }
}
