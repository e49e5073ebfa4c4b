using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Which leader epoch began at which offset (KIP-101). Both ascend strictly. An epoch that was won without
/// appending has an entry too: a later question about it must not be answered with its predecessor
/// (KAFKA-7415).
/// </summary>
public sealed class LeaderEpochs
{
    private readonly List<EpochStart> _starts = [];

    /// <summary>The newest epoch; None when the log has never had a leader.</summary>
    public LeaderEpoch Latest => _starts.Count == 0 ? LeaderEpoch.None : _starts[^1].Epoch;

    public IReadOnlyList<EpochStart> Starts => _starts;

    /// <summary>Epochs read from a checkpoint; both columns ascend strictly.</summary>
    public static LeaderEpochs Of(IReadOnlyList<EpochStart> starts)
    {
        var epochs = new LeaderEpochs();
        foreach (var start in starts)
        {
            Invariant.Assert(start.Epoch > epochs.Latest);
            Invariant.Assert(epochs._starts.Count == 0 || start.Start > epochs._starts[^1].Start);
            epochs._starts.Add(start);
        }
        return epochs;
    }

    /// <summary>
    /// The epoch's first record is or will be at <paramref name="start"/>. An older or known epoch changes
    /// nothing. Epochs that turn out to have no records, because a newer one begins at the same offset, give
    /// way to it.
    /// </summary>
    public void Assign(LeaderEpoch epoch, Offset start)
    {
        if (epoch <= Latest)
        {
            return;
        }
        while (_starts.Count > 0 && _starts[^1].Start >= start)
        {
            _starts.RemoveAt(_starts.Count - 1);
        }
        _starts.Add(new EpochStart(epoch, start));
    }

    /// <summary>
    /// The log now ends at <paramref name="end"/>: epochs that begin there or later are gone with their
    /// records. One that was won there and is still the leader's is assigned anew.
    /// </summary>
    public void TruncateFromEnd(Offset end)
    {
        while (_starts.Count > 0 && _starts[^1].Start >= end)
        {
            _starts.RemoveAt(_starts.Count - 1);
        }
    }

    /// <summary>
    /// The log now begins at <paramref name="start"/>: the epoch of that offset begins there, and earlier
    /// ones are gone. It stays also when it has no records left (KIP-101).
    /// </summary>
    public void TruncateFromStart(Offset start)
    {
        var later = 0;
        while (later < _starts.Count && _starts[later].Start <= start)
        {
            later++;
        }
        if (later == 0 || (later == 1 && _starts[0].Start == start))
        {
            return;
        }
        _starts[later - 1] = new EpochStart(_starts[later - 1].Epoch, start);
        _starts.RemoveRange(0, later - 1);
    }

    /// <summary>
    /// Where a follower cuts its log, which ends at <paramref name="logEnd"/>, after the leader has said how
    /// far it shares an epoch (KIP-101, KIP-279, KIP-320): the leader's answer is the largest epoch it knows
    /// that is not above the follower's, and that epoch's end with the leader. Never beyond the log's end.
    /// <code>
    /// the leader                        the follower cuts at
    /// knows no such epoch (-1, -1)      its own high watermark
    /// gives an end without an epoch     that end
    /// has an epoch the follower has     the smaller of the two ends of that epoch
    /// has one the follower lacks        the end of its largest epoch below; it asks again from there
    /// has one newer than all of these   the end that the leader gives
    /// </code>
    /// </summary>
    public Offset TruncationPoint(EpochStart leaderEnd, Offset highWatermark, Offset logEnd)
    {
        if (leaderEnd.Start == Offset.None)
        {
            return Offset.Min(highWatermark, logEnd);
        }
        var own = EndOffsetForEpoch(leaderEnd.Epoch, logEnd);
        if (own.Epoch == LeaderEpoch.None)
        {
            return Offset.Min(leaderEnd.Start, logEnd);
        }
        return own.Epoch == leaderEnd.Epoch
            ? Offset.Min(Offset.Min(own.Start, leaderEnd.Start), logEnd)
            : Offset.Min(own.Start, logEnd);
    }

    /// <summary>
    /// The largest epoch not above <paramref name="asked"/> and where it ended (exclusive); (None, None) when
    /// the log knows no such epoch. What OffsetForLeaderEpoch answers.
    /// </summary>
    public EpochStart EndOffsetForEpoch(LeaderEpoch asked, Offset logEnd)
    {
        if (asked == LeaderEpoch.None || _starts.Count == 0 || asked > Latest)
        {
            return new EpochStart(LeaderEpoch.None, Offset.None);
        }
        if (asked == Latest)
        {
            return new EpochStart(asked, logEnd);
        }
        var later = 0;
        while (_starts[later].Epoch <= asked)
        {
            later++;
        }
        var found = later == 0 ? asked : _starts[later - 1].Epoch;
        return new EpochStart(found, _starts[later].Start);
    }

    /// <summary>
    /// The epoch of the record at <paramref name="offset"/>, by the starts alone; None before the first.
    /// </summary>
    public LeaderEpoch EpochAt(Offset offset)
    {
        for (var i = _starts.Count - 1; i >= 0; i--)
        {
            if (_starts[i].Start <= offset)
            {
                return _starts[i].Epoch;
            }
        }
        return LeaderEpoch.None;
    }
}
