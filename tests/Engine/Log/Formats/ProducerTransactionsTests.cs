using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

public sealed class ProducerTransactionsTests
{
    private readonly ProducerStates _states = new();
    private long _offset;
    private Instant _now = new(1_000);

    [Fact]
    public void The_first_transactional_batch_begins_a_transaction()
    {
        Append(1, 0, 0, isTransactional: false);
        Assert.Null(_states.FirstOpenTransaction);
        Append(1, 0, 1);
        Append(1, 0, 2);

        Assert.Equal(new Offset(1), _states.FirstOpenTransaction);
        Assert.Equal(new Offset(1), _states.Find(new ProducerId(1))!.CurrentTransactionStart);
        Assert.Equal(1, _states.OpenTransactionCount);
    }

    [Fact]
    public void A_marker_ends_the_transaction_of_its_producer()
    {
        Append(1, 0, 0);
        Append(2, 0, 0);

        Assert.Equal(
            new CompletedTransaction(new ProducerId(2), new Offset(1), new Offset(2), true, new Offset(0)),
            Mark(2, 0, ControlRecordType.Abort));
        Assert.Equal(
            new CompletedTransaction(new ProducerId(1), new Offset(0), new Offset(3), false, new Offset(4)),
            Mark(1, 0, ControlRecordType.Commit));
        Assert.Null(_states.FirstOpenTransaction);
    }

    [Fact]
    public void A_marker_without_a_transaction_ends_nothing_and_is_remembered()
    {
        Assert.Null(Mark(1, 3, ControlRecordType.Abort, coordinatorEpoch: 7));

        var state = _states.Find(new ProducerId(1))!;
        Assert.Equal((3, 7, 0), (state.Epoch, state.CoordinatorEpoch, state.BatchCount));
        Assert.Null(_states.FirstUnstableOffset);
    }

    [Fact]
    public void A_marker_of_the_same_epoch_leaves_the_sequences()
    {
        Append(1, 0, 0);
        Mark(1, 0, ControlRecordType.Commit);

        Says(SequenceVerdictKind.Append, 1, 0, 1);
        Says(SequenceVerdictKind.Duplicate, 1, 0, 0);
    }

    [Fact]
    public void A_marker_of_a_newer_epoch_makes_the_sequences_begin_at_zero()
    {
        Append(1, 0, 0);
        Mark(1, 1, ControlRecordType.Commit);

        Says(SequenceVerdictKind.StaleEpoch, 1, 0, 1);
        Says(SequenceVerdictKind.OutOfOrder, 1, 1, 1);
        Says(SequenceVerdictKind.Append, 1, 1, 0);
        Says(SequenceVerdictKind.OutOfOrder, 1, 2, 1);
        Says(SequenceVerdictKind.Append, 1, 2, 0);
    }

    [Theory]
    [InlineData(4, 6, 1, MarkerVerdict.StaleProducerEpoch)]
    [InlineData(4, 6, 2, MarkerVerdict.StaleProducerEpoch)]
    [InlineData(5, 5, 1, MarkerVerdict.CoordinatorFenced)]
    [InlineData(5, 6, 1, MarkerVerdict.Append)]
    [InlineData(5, 6, 2, MarkerVerdict.StaleProducerEpoch)]
    [InlineData(6, 6, 2, MarkerVerdict.Append)]
    [InlineData(6, 5, 2, MarkerVerdict.CoordinatorFenced)]
    public void A_marker_of_somebody_replaced_is_refused(
        short producerEpoch, int coordinatorEpoch, short transactionVersion, MarkerVerdict expected)
    {
        Append(1, 4, 0);
        Mark(1, 4, ControlRecordType.Commit, coordinatorEpoch: 6);
        Append(1, 5, 0);

        Assert.Equal(
            expected,
            _states.CanAppendMarker(new ProducerId(1), producerEpoch, coordinatorEpoch, transactionVersion));
    }

    [Fact]
    public void A_repeated_marker_of_a_producer_without_transaction_is_good_in_any_version()
    {
        Append(1, 4, 0);
        Mark(1, 5, ControlRecordType.Commit, coordinatorEpoch: 6);

        Assert.Equal(MarkerVerdict.Append, _states.CanAppendMarker(new ProducerId(1), 5, 6, 1));
        Assert.Equal(MarkerVerdict.Append, _states.CanAppendMarker(new ProducerId(1), 5, 6, 2));
        Assert.Equal(MarkerVerdict.Append, _states.CanAppendMarker(new ProducerId(9), 0, 0, 2));
    }

    [Fact]
    public void A_transaction_is_unstable_until_its_marker_is_below_the_high_watermark()
    {
        Append(1, 0, 0);
        Append(2, 0, 0);
        Mark(1, 0, ControlRecordType.Commit);    // [0, 2]; the other one is open from 1
        Assert.Equal((0, 1), Unstable());

        _states.OnHighWatermark(new Offset(2));
        Assert.Equal((0, 1), Unstable());
        Assert.Equal(new Offset(0), _states.LastStableOffset(new Offset(2)));
        _states.OnHighWatermark(new Offset(3));
        Assert.Equal((1, 1), Unstable());
        Assert.Equal(new Offset(1), _states.LastStableOffset(new Offset(3)));
        Mark(2, 0, ControlRecordType.Abort);     // [1, 3]
        Assert.Equal((1, null), Unstable());
        _states.OnHighWatermark(new Offset(4));
        Assert.Equal((null, null), Unstable());
        Assert.Equal(new Offset(4), _states.LastStableOffset(new Offset(4)));
    }

    [Theory]
    [InlineData(10, null, null, 10)]
    [InlineData(10, 7, null, 7)]
    [InlineData(10, null, 6, 6)]
    [InlineData(10, 7, 6, 6)]
    [InlineData(10, 12, 11, 10)]
    public void The_last_stable_offset_is_the_least_of_all(
        long high, int? open, int? undecided, long expected) =>
        Assert.Equal(
            new Offset(expected),
            ProducerStates.LastStableOffset(
                new Offset(high),
                open is null ? null : new Offset(open.Value),
                undecided is null ? null : new Offset(undecided.Value)));

    [Fact]
    public void A_producer_with_an_open_transaction_never_expires()
    {
        Append(1, 0, 0);
        Append(2, 0, 0, isTransactional: false);
        _states.Expire(Instant.Never, 1);
        Assert.Null(_states.Find(new ProducerId(2)));
        Assert.NotNull(_states.Find(new ProducerId(1)));

        _now = _now.PlusMs(50);
        Mark(1, 0, ControlRecordType.Commit);
        _states.Expire(_now.PlusMs(99), 100);
        Assert.Equal(1, _states.Count);
        _states.Expire(_now.PlusMs(100), 100);
        Assert.Equal(0, _states.Count);
    }

    [Fact]
    public void Of_too_many_producers_none_with_an_open_transaction_is_forgotten()
    {
        for (var id = 0; id < Limits.ProducersPerPartition; id++)
        {
            Append(id, 0, 0, isTransactional: id < 2);
        }
        Append(100_000, 0, 0);

        Assert.Equal(Limits.ProducersPerPartition, _states.Count);
        Assert.NotNull(_states.Find(new ProducerId(0)));
        Assert.NotNull(_states.Find(new ProducerId(1)));
        Assert.Null(_states.Find(new ProducerId(2)));
    }

    private (int? Unstable, int? Open) Unstable() =>
        ((int?)_states.FirstUnstableOffset?.Value, (int?)_states.FirstOpenTransaction?.Value);

    private void Append(long id, short epoch, int sequence, bool isTransactional = true)
    {
        var batch = new SequencedBatch(new ProducerId(id), epoch, sequence, sequence);
        var offset = new Offset(_offset++);
        _states.OnAppended(batch, offset, offset + 1, 7, _now, isTransactional);
    }

    private CompletedTransaction? Mark(
        long id, short epoch, ControlRecordType type, int coordinatorEpoch = 0) =>
        _states.OnMarker(new ProducerId(id), epoch, type, coordinatorEpoch, new Offset(_offset++), 8, _now);

    private void Says(SequenceVerdictKind expected, long id, short epoch, int sequence) =>
        Assert.Equal(
            expected,
            _states.CanAppend(new SequencedBatch(new ProducerId(id), epoch, sequence, sequence)).Kind);
}
