using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log;

public sealed class ProducerStatesTests
{
    private readonly ProducerStates _states = new();
    private long _offset;
    private Instant _now = new(1_000);

    [Fact]
    public void An_unknown_producer_may_begin_anywhere() => Says(SequenceVerdictKind.Append, 0, 17, 3);

    [Fact]
    public void A_batch_continues_where_the_last_one_ended()
    {
        Append(0, 0, 3);

        Says(SequenceVerdictKind.Append, 0, 3, 1);
        Says(SequenceVerdictKind.OutOfOrder, 0, 4, 1);
        Says(SequenceVerdictKind.OutOfOrder, 0, 2, 1);
    }

    [Fact]
    public void The_last_five_batches_are_known_again_and_older_ones_are_not()
    {
        for (var i = 0; i < 6; i++)
        {
            Append(0, i, 1);
        }

        Says(SequenceVerdictKind.OutOfOrder, 0, 0, 1);
        for (var i = 1; i < 6; i++)
        {
            var verdict = Says(SequenceVerdictKind.Duplicate, 0, i, 1);
            Assert.Equal(i, verdict.Known.BaseOffset.Value);
        }
    }

    [Fact]
    public void The_same_first_sequence_with_another_count_is_no_duplicate()
    {
        Append(0, 0, 3);

        Says(SequenceVerdictKind.OutOfOrder, 0, 0, 2);
    }

    [Fact]
    public void A_newer_epoch_begins_at_zero_and_forgets_the_old_batches()
    {
        Append(0, 0, 3);

        Says(SequenceVerdictKind.OutOfOrder, 1, 3, 1);
        Says(SequenceVerdictKind.Append, 1, 0, 1);
        Append(1, 0, 1);
        Says(SequenceVerdictKind.StaleEpoch, 0, 3, 1);
        Says(SequenceVerdictKind.OutOfOrder, 1, 3, 1);
    }

    [Fact]
    public void Sequences_wrap_from_the_largest_int_to_zero()
    {
        Append(0, int.MaxValue - 1, 2);

        Says(SequenceVerdictKind.Append, 0, 0, 1);
        Assert.Equal(0, SequencedBatch.Advance(int.MaxValue, 1));
        Assert.Equal(1, SequencedBatch.Advance(int.MaxValue - 1, 3));
    }

    [Fact]
    public void Batches_without_a_producer_id_leave_no_state()
    {
        _states.OnAppended(
            new SequencedBatch(ProducerId.None, -1, -1, -1), Offset.Zero, new Offset(1), 0, _now);

        Assert.Equal(0, _states.Count);
    }

    [Fact]
    public void A_producer_is_forgotten_when_it_has_been_idle_for_long_enough()
    {
        Append(0, 0, 3);
        Add(8, 0);
        _now = _now.PlusMs(60);
        Append(0, 3, 1);

        _states.Expire(_now.PlusMs(39), 100);
        Assert.Equal(2, _states.Count);
        _states.Expire(_now.PlusMs(40), 100);
        Assert.Equal([42L], _states.All.Select(static state => state.Id.Value));
        _states.Expire(_now.PlusMs(100), 100);
        Assert.Equal(0, _states.Count);
        Says(SequenceVerdictKind.Append, 0, 17, 3);
    }

    [Fact]
    public void Of_too_many_producers_the_longest_idle_is_forgotten()
    {
        for (var id = 0; id < Limits.ProducersPerPartition; id++)
        {
            Add(id, 0);
        }
        Add(0, 1);
        Add(1_000_000, 0);

        Assert.Equal(Limits.ProducersPerPartition, _states.Count);
        Assert.Equal([0L, 2L], _states.All.Take(2).Select(static state => state.Id.Value));
    }

    private void Add(long id, int sequence)
    {
        var batch = new SequencedBatch(new ProducerId(id), 0, sequence, sequence);
        _states.OnAppended(batch, new Offset(_offset), new Offset(_offset + 1), 0, _now);
        _offset++;
    }

    private void Append(short epoch, int first, int count)
    {
        var batch = Batch(epoch, first, count);
        Assert.Equal(SequenceVerdictKind.Append, _states.CanAppend(batch).Kind);
        _states.OnAppended(batch, new Offset(_offset), new Offset(_offset + count), 0, _now);
        _offset += count;
    }

    private SequenceVerdict Says(SequenceVerdictKind expected, short epoch, int first, int count)
    {
        var verdict = _states.CanAppend(Batch(epoch, first, count));
        Assert.Equal(expected, verdict.Kind);
        return verdict;
    }

    private static SequencedBatch Batch(short epoch, int first, int count) =>
        new(new ProducerId(42), epoch, first, SequencedBatch.Advance(first, count - 1));
}
