using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

/// <summary>Epochs 2 from 10, 5 from 20, 7 from 40; the log ends at 50.</summary>
public sealed class LeaderEpochTruncationTests
{
    private readonly LeaderEpochs _epochs = LeaderEpochs.Of(
    [
        new EpochStart(new LeaderEpoch(2), new Offset(10)),
        new EpochStart(new LeaderEpoch(5), new Offset(20)),
        new EpochStart(new LeaderEpoch(7), new Offset(40)),
    ]);

    [Theory]
    [InlineData(51, "2:10 5:20 7:40")]
    [InlineData(41, "2:10 5:20 7:40")]
    [InlineData(40, "2:10 5:20")]
    [InlineData(21, "2:10 5:20")]
    [InlineData(20, "2:10")]
    [InlineData(10, "")]
    [InlineData(0, "")]
    public void Cutting_the_end_drops_the_epochs_that_begin_there_or_later(long end, string left)
    {
        _epochs.TruncateFromEnd(new Offset(end));

        Assert.Equal(left, Said());
    }

    [Theory]
    [InlineData(0, "2:10 5:20 7:40")]
    [InlineData(10, "2:10 5:20 7:40")]
    [InlineData(15, "2:15 5:20 7:40")]
    [InlineData(20, "5:20 7:40")]
    [InlineData(39, "5:39 7:40")]
    [InlineData(50, "7:50")]
    public void Cutting_the_beginning_moves_up_the_epoch_that_covers_it(long start, string left)
    {
        _epochs.TruncateFromStart(new Offset(start));

        Assert.Equal(left, Said());
    }

    [Theory]
    [InlineData(7, 45, 45)]     // the leader has less of the newest epoch
    [InlineData(7, 60, 50)]     // it has more: nothing to cut
    [InlineData(5, 30, 30)]     // the epoch ended earlier there
    [InlineData(5, 45, 40)]     // it ended later there: the follower's own newer records go
    [InlineData(6, 45, 40)]     // an epoch the follower missed: back to the end of the one before
    [InlineData(4, 30, 20)]
    [InlineData(3, 15, 20)]
    [InlineData(1, 8, 8)]       // older than all: from the leader's end
    [InlineData(1, 15, 10)]
    [InlineData(9, 30, 30)]     // newer than all, which no honest leader says
    [InlineData(9, 90, 50)]
    [InlineData(-1, 5, 5)]
    [InlineData(-1, -1, 33)]    // it knows nothing: what may have been acknowledged stays
    public void A_follower_cuts_where_its_log_and_the_leaders_part(int epoch, long end, long expected)
    {
        var answer = new EpochStart(new LeaderEpoch(epoch), new Offset(end));

        var point = _epochs.TruncationPoint(answer, new Offset(33), new Offset(50));

        Assert.Equal(new Offset(expected), point);
    }

    [Fact]
    public void A_follower_that_asks_again_and_again_comes_to_the_common_prefix()
    {
        // Leader: 1 from 0, 3 from 30, 4 from 35. Follower: 1 from 0, 2 from 20, 5 from 40, 6 from 60.
        var leader = Epochs((1, 0), (3, 30), (4, 35));
        var follower = Epochs((1, 0), (2, 20), (5, 40), (6, 60));
        var end = new Offset(70);
        for (var i = 0; i < 4; i++)
        {
            var answer = leader.EndOffsetForEpoch(follower.Latest, new Offset(90));
            if (answer.Epoch == LeaderEpoch.None)
            {
                answer = new EpochStart(leader.Latest, new Offset(90));
            }
            end = follower.TruncationPoint(answer, Offset.Zero, end);
            follower.TruncateFromEnd(end);
        }

        Assert.Equal(new Offset(20), end);
        Assert.Equal(1, follower.Latest.Value);
    }

    private static LeaderEpochs Epochs(params (int Epoch, long Start)[] starts) => LeaderEpochs.Of(starts
        .Select(static each => new EpochStart(new LeaderEpoch(each.Epoch), new Offset(each.Start)))
        .ToList());

    private string Said() =>
        string.Join(' ', _epochs.Starts.Select(static each => $"{each.Epoch}:{each.Start}"));
}
