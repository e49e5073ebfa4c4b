using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Foundation;

public sealed class InstantTests
{
    [Fact]
    public void Adding_stops_at_never()
    {
        var now = new Instant(1_000_000);
        Assert.Equal(new Instant(1_000_000 + 5 * Instant.TicksPerMs), now.PlusMs(5));
        Assert.Equal(new Instant(990_000), now.PlusMs(-1));
        Assert.Equal(Instant.Never, now.PlusMs(long.MaxValue));
        Assert.Equal(Instant.Never, now.PlusMs(long.MaxValue / Instant.TicksPerMs));
        Assert.True(now.PlusMs(long.MaxValue / Instant.TicksPerMs - 1_000) < Instant.Never);
        Assert.Equal(Instant.Never, Instant.Never.PlusMs(1));
        Assert.Equal(Instant.Never, Instant.Never.PlusMs(0));
    }

    [Fact]
    public void Differences_are_whole_milliseconds()
    {
        Assert.Equal(1, new Instant(19_999).MsSince(new Instant(0)));
        Assert.Equal(2, new Instant(20_000).MsSince(new Instant(0)));
        Assert.Equal(-2, new Instant(0).MsSince(new Instant(20_000)));
    }

    [Theory]
    [InlineData(0, "0.000000")]
    [InlineData(15, "0.000001")]
    [InlineData(10_000_010, "1.000001")]
    [InlineData(36_000_123_456_7L, "36000.123456")]
    public void Text_is_seconds_with_microseconds(long ticks, string text) =>
        Assert.Equal(text, new Instant(ticks).ToString());

    [Fact]
    public void Instants_are_ordered()
    {
        var (early, late) = (new Instant(1), new Instant(2));
        Assert.True(early < late && late > early && early <= late && late >= early);
        Assert.True(early.CompareTo(late) < 0);
    }
}
