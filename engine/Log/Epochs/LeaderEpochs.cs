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
