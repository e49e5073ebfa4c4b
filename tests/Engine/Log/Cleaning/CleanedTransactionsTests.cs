using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

public sealed class CleanedTransactionsTests
{
    private static readonly ProducerId One = new(1);
    private static readonly ProducerId Two = new(2);

    [Fact]
    public void Data_is_aborted_from_the_first_offset_to_the_marker_and_for_its_producer_only()
    {
        var walk = new CleanedTransactions([Aborted(One, 10, 20)]);

        Assert.False(walk.OnData(One, new Offset(5)));
        walk.OnMarker(One, new Offset(6));
        Assert.True(walk.OnData(One, new Offset(10)));
        Assert.False(walk.OnData(Two, new Offset(12)));
        Assert.True(walk.OnData(One, new Offset(19)));
        Assert.Equal(Aborted(One, 10, 20), walk.OnMarker(One, new Offset(20)).Aborted);
        Assert.False(walk.OnData(One, new Offset(21)));
    }

    [Fact]
    public void A_marker_is_told_whether_its_transaction_still_has_records()
    {
        var walk = new CleanedTransactions([Aborted(One, 10, 20), Aborted(One, 30, 40)]);
        walk.OnData(Two, new Offset(8));

        Assert.True(walk.OnMarker(Two, new Offset(9)).HasRecords);
        Assert.False(walk.OnMarker(Two, new Offset(11)).HasRecords);
        Assert.False(walk.OnMarker(One, new Offset(20)).HasRecords);
        Assert.True(walk.OnData(One, new Offset(33)));
        Assert.True(walk.OnMarker(One, new Offset(40)).HasRecords);
    }

    [Fact]
    public void A_batch_that_begins_and_ends_around_the_first_offset_counts()
    {
        var walk = new CleanedTransactions([Aborted(One, 10, 20)]);

        Assert.True(walk.OnData(One, new Offset(14)));
    }

    [Fact]
    public void Two_aborted_transactions_in_a_row_do_not_hide_each_other()
    {
        var walk = new CleanedTransactions([Aborted(One, 30, 40), Aborted(One, 10, 20)]);

        // The marker at 20 has gone with its data.
        Assert.True(walk.OnData(One, new Offset(35)));
        Assert.Equal(Aborted(One, 30, 40), walk.OnMarker(One, new Offset(40)).Aborted);
    }

    [Fact]
    public void Committed_data_behind_an_aborted_transaction_whose_marker_has_gone_is_not_aborted()
    {
        var walk = new CleanedTransactions([Aborted(One, 10, 20)]);
        walk.OnData(Two, new Offset(15));

        Assert.False(walk.OnData(One, new Offset(25)));
    }

    [Fact]
    public void Of_a_transaction_whose_marker_lies_beyond_the_walk_the_data_is_aborted_all_the_same()
    {
        var walk = new CleanedTransactions([Aborted(One, 10, 1_000_000)]);

        Assert.True(walk.OnData(One, new Offset(11)));
    }

    private static AbortedTransaction Aborted(ProducerId producer, long first, long last) =>
        new(producer, new Offset(first), new Offset(last), new Offset(last));
}
