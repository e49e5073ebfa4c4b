using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log;

public sealed class LeaderEpochsTests
{
    private static readonly Offset LogEnd = new(100);

    [Theory]
    [InlineData(-1, -1, -1)]
    [InlineData(2, 2, 10)]
    [InlineData(3, 2, 10)]
    [InlineData(5, 5, 40)]
    [InlineData(6, 5, 40)]
    [InlineData(7, 7, 100)]
    [InlineData(8, -1, -1)]
    public void An_epoch_ends_where_the_next_known_one_begins(int asked, int epoch, long end)
    {
        var epochs = new LeaderEpochs();
        epochs.Assign(new LeaderEpoch(2), new Offset(0));
        epochs.Assign(new LeaderEpoch(5), new Offset(10));
        epochs.Assign(new LeaderEpoch(7), new Offset(40));

        Assert.Equal(new EpochStart(new LeaderEpoch(epoch), new Offset(end)), End(epochs, asked));
    }

    [Fact]
    public void An_epoch_older_than_all_known_ended_where_they_begin()
    {
        var epochs = new LeaderEpochs();
        epochs.Assign(new LeaderEpoch(2), new Offset(5));

        Assert.Equal(new EpochStart(new LeaderEpoch(0), new Offset(5)), End(epochs, 0));
    }

    [Fact]
    public void An_epoch_won_without_appending_has_an_entry()
    {
        var epochs = new LeaderEpochs();
        epochs.Assign(new LeaderEpoch(0), new Offset(0));
        epochs.Assign(new LeaderEpoch(4), new Offset(100));

        Assert.Equal(4, epochs.Latest.Value);
        Assert.Equal(new EpochStart(new LeaderEpoch(0), new Offset(100)), End(epochs, 0));
    }

    [Fact]
    public void An_epoch_without_records_gives_way_to_the_next_at_the_same_offset()
    {
        var epochs = new LeaderEpochs();
        epochs.Assign(new LeaderEpoch(1), new Offset(10));
        epochs.Assign(new LeaderEpoch(2), new Offset(10));

        Assert.Equal([new EpochStart(new LeaderEpoch(2), new Offset(10))], epochs.Starts);
    }

    [Fact]
    public void An_older_epoch_changes_nothing()
    {
        var epochs = new LeaderEpochs();
        epochs.Assign(new LeaderEpoch(3), new Offset(10));
        epochs.Assign(new LeaderEpoch(2), new Offset(20));

        Assert.Equal([new EpochStart(new LeaderEpoch(3), new Offset(10))], epochs.Starts);
    }

    [Fact]
    public void The_epoch_of_an_offset_is_that_of_the_last_start_before_it()
    {
        var epochs = new LeaderEpochs();
        epochs.Assign(new LeaderEpoch(2), new Offset(5));
        epochs.Assign(new LeaderEpoch(6), new Offset(9));

        Assert.Equal(LeaderEpoch.None, epochs.EpochAt(new Offset(4)));
        Assert.Equal(new LeaderEpoch(2), epochs.EpochAt(new Offset(8)));
        Assert.Equal(new LeaderEpoch(6), epochs.EpochAt(new Offset(9)));
    }

    private static EpochStart End(LeaderEpochs epochs, int asked) =>
        epochs.EndOffsetForEpoch(new LeaderEpoch(asked), LogEnd);
}
