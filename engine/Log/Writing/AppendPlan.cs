using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Decides, when a batch is appended, what has to be done before it is written: begin a segment, or in a log
/// that syncs anyway, note how far recovery need not look again.
/// </summary>
internal sealed class AppendPlan(IShard shard, ProducerStates producers)
{
    private readonly Prng _jitter = shard.Random("segment-jitter");
    private readonly SegmentDraft _draft = new();
    private long _bytesSinceMilestone;

    /// <summary>The log was found, or cut, with this active segment.</summary>
    public void Resume(Segment active, long firstTimestampMs, LogSettings settings)
    {
        _draft.Begin(active.BaseOffset, shard.Now, settings, _jitter);
        _draft.Resume(active.SizeBytes, active.Indexes!.Offsets.Count, firstTimestampMs);
        _bytesSinceMilestone = active.SizeBytes;
    }

    /// <summary>A segment begins here, whatever the settings say.</summary>
    public void Begin(Offset baseOffset, LogSettings settings)
    {
        _draft.Begin(baseOffset, shard.Now, settings, _jitter);
        _bytesSinceMilestone = 0;
    }

    /// <summary>
    /// What comes before this batch, whose producer is not in the state yet; usually null.
    /// </summary>
    public LogMilestone? Before(in BatchSpan batch, LogSettings settings)
    {
        LogMilestone? milestone = null;
        if (_draft.MustRoll(batch, settings, shard.Now))
        {
            milestone = new LogMilestone(batch.BaseOffset, _draft.Exists ? Snapshot() : null, true);
            _draft.Begin(batch.BaseOffset, shard.Now, settings, _jitter);
        }
        else if (settings.SyncBeforeAcknowledge && _bytesSinceMilestone >= settings.RecoveredTailBytes)
        {
            shard.Trace.Mark("milestone-without-roll");
            milestone = new LogMilestone(batch.BaseOffset, Snapshot(), false);
        }
        _bytesSinceMilestone = (milestone is null ? _bytesSinceMilestone : 0) + batch.SizeBytes;
        _draft.Add(batch, settings);
        return milestone;
    }

    private byte[] Snapshot() => ProducerSnapshot.Format(producers);
}
