using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What is done to a log as a whole while nobody else changes its segments: bringing it to the disk, and
/// ending it.
/// </summary>
internal sealed class LogUpkeep(IShard shard, PartitionLog log, LogWriter writer)
{
    private readonly LinkedListNode<PartitionLog> _place = log.Place.Add(log);

    public ExclusiveTurns Turns { get; } = new(shard);

    public bool IsRetired { get; private set; }

    public async EngineTask<bool> Flush()
    {
        await Turns.Take();
        var end = log.EndOffset;
        var isSettled = end == Offset.Zero || (log.RecoveryPoint == end && log.Store.Snapshots.Has(end));
        var isDone = log.IsUsable && (isSettled || await Reach(beginsSegment: false));
        Turns.End();
        return isDone;
    }

    public async EngineTask Retire()
    {
        IsRetired = true;
        await log.Compaction.End();
        await Turns.Take();
        await writer.WhenIdle();
        Turns.End();
    }

    public async EngineTask Close()
    {
        await Retire();
        log.Store.CloseAll();
        log.Place.Remove(_place);
    }

    /// <summary>
    /// Completes when everything appended by now is on the disk for good; with false when the disk failed.
    /// </summary>
    public EngineOp<bool> Reach(bool beginsSegment)
    {
        var reached = new EngineOp<bool>(shard);
        var snapshot = ProducerSnapshot.Format(log.Producers);
        var milestone = new LogMilestone(log.EndOffset, snapshot, beginsSegment) { EndsSegment = true };
        writer.Add(new PendingBatch(default, default, null, milestone, null, reached));
        return reached;
    }
}
