using Testbed.Models.Histories;
using Xunit;

namespace Testbed.Tests.Sim.Workloads;

/// <summary>
/// Each promise that clients are given has a way to break it that is told, and an innocent run.
/// </summary>
public sealed class PartitionHistoryTests
{
    private static readonly RecordIdentity A = new(1, 0, 10);
    private static readonly RecordIdentity B = new(1, 1, 11);
    private static readonly RecordIdentity C = new(2, 0, 20);

    private readonly PartitionHistory _history = new("t-0");

    public PartitionHistoryTests()
    {
        Assert.Null(_history.OnSent(A));
        Assert.Null(_history.OnSent(B));
        Assert.Null(_history.OnSent(C));
    }

    [Fact]
    public void A_run_in_which_all_is_well_breaks_nothing()
    {
        Assert.Null(_history.OnAcknowledged(0, A));
        _history.OnAcknowledged(C);
        Assert.Null(_history.OnRead(0, A));
        Assert.Null(_history.OnRead(0, A));
        Assert.Null(_history.OnComplete([A, C, B]));
        Assert.Equal(2, _history.AcknowledgedCount);
    }

    [Fact]
    public void A_record_that_is_sent_twice_is_the_workloads_mistake() =>
        Assert.Contains("sent twice", _history.OnSent(A));

    [Fact]
    public void Two_acknowledged_records_never_have_one_offset()
    {
        Assert.Null(_history.OnAcknowledged(0, A));
        Assert.Contains("one offset", _history.OnAcknowledged(0, B));
    }

    [Fact]
    public void What_was_read_at_an_offset_is_what_is_acknowledged_there()
    {
        Assert.Null(_history.OnRead(0, A));
        Assert.Contains("where record 0 of producer 1 had been read", _history.OnAcknowledged(0, B));
    }

    [Fact]
    public void What_is_acknowledged_at_an_offset_is_what_is_read_there()
    {
        Assert.Null(_history.OnAcknowledged(0, A));
        Assert.Contains("where now record 1 of producer 1 is read", _history.OnRead(0, B));
    }

    [Fact]
    public void A_record_that_nobody_sent_is_told() =>
        Assert.Contains("nobody sent it", _history.OnRead(0, new RecordIdentity(9, 9, 9)));

    [Fact]
    public void A_record_with_other_bytes_is_told() =>
        Assert.Contains("other bytes", _history.OnRead(0, A with { Content = 1 }));

    [Fact]
    public void An_offset_shows_one_record_for_ever()
    {
        Assert.Null(_history.OnRead(0, A));
        Assert.Contains("and later as", _history.OnRead(0, B));
    }

    [Fact]
    public void A_record_that_is_said_not_to_be_stored_is_never_read()
    {
        Assert.Null(_history.OnFailed(A));
        Assert.Contains("though it is said not to be stored", _history.OnRead(0, A));
    }

    [Fact]
    public void A_record_that_was_read_is_not_said_not_to_be_stored()
    {
        Assert.Null(_history.OnRead(0, A));
        Assert.Contains("but it has been read", _history.OnFailed(A));
    }

    [Fact]
    public void At_the_end_no_failed_record_is_in_the_log()
    {
        Assert.Null(_history.OnFailed(A));
        Assert.Contains("but the log has it", _history.OnComplete([A]));
    }

    [Fact]
    public void At_the_end_every_acknowledged_record_is_in_its_place()
    {
        Assert.Null(_history.OnAcknowledged(1, B));
        Assert.Contains("but the log ends at 1", _history.OnComplete([A]));
        Assert.Contains("where the log has", _history.OnComplete([A, C]));
    }

    [Fact]
    public void At_the_end_a_record_acknowledged_without_an_offset_is_somewhere()
    {
        _history.OnAcknowledged(C);
        Assert.Contains("nowhere in the log", _history.OnComplete([A, B]));
    }

    [Fact]
    public void At_the_end_what_was_read_is_still_there()
    {
        Assert.Null(_history.OnRead(1, B));
        Assert.Contains("is not there any more", _history.OnComplete([A, C]));
    }

    [Fact]
    public void At_the_end_no_record_is_stored_twice() =>
        Assert.Contains("stored twice", _history.OnComplete([A, A]));

    [Fact]
    public void At_the_end_each_producers_records_are_in_the_order_they_were_sent() =>
        Assert.Contains("stands behind", _history.OnComplete([B, A]));
}
