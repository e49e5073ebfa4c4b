using Testbed.Models.Histories;
using Xunit;

namespace Testbed.Tests.Sim.Workloads;

/// <summary>Each promise of a compacted topic has a way to break it that is told.</summary>
public sealed class LatestValuesTests
{
    private const long Key = 7;
    private readonly LatestValues _values = new("t-0");

    public LatestValuesTests()
    {
        _values.OnSent(Key, 1, isDeletion: false);
        _values.OnSent(Key, 2, isDeletion: false);
        _values.OnSent(Key, 3, isDeletion: true);
        _values.OnSent(Key, 4, isDeletion: false);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(2, 4)]
    [InlineData(4, 4)]
    public void The_last_acknowledged_value_or_a_later_one_is_there(long acknowledged, long read)
    {
        _values.OnAcknowledged(Key, acknowledged);
        Assert.Null(_values.OnRead(Key, read));
        Assert.Null(_values.OnComplete());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_key_may_be_gone_when_it_was_deleted_last_or_may_have_been(long acknowledged)
    {
        _values.OnAcknowledged(Key, acknowledged);
        Assert.Null(_values.OnComplete());
    }

    [Fact]
    public void A_key_that_was_not_deleted_since_is_there()
    {
        _values.OnAcknowledged(Key, 4);
        Assert.Contains("nothing is left", _values.OnComplete());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    public void An_older_value_never_comes_back(long acknowledged, long read)
    {
        _values.OnAcknowledged(Key, acknowledged);
        Assert.Null(_values.OnRead(Key, read));
        Assert.Contains($"value {read} is left", _values.OnComplete());
    }

    [Fact]
    public void A_value_that_nobody_sent_is_told() => Assert.Contains("nobody sent", _values.OnRead(Key, 9));

    [Fact]
    public void Values_of_a_key_come_in_order()
    {
        Assert.Null(_values.OnRead(Key, 2));
        Assert.Contains("after value 2", _values.OnRead(Key, 1));
    }
}
