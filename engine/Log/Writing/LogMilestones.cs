using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Reaches the milestones of one log: makes everything below durable, and begins the next segment. The order
/// is what recovery relies on: a segment that another one follows was synced; a snapshot that is there speaks
/// of synced batches; an index that is missing is made anew.
/// </summary>
internal sealed class LogMilestones(IShard shard, LogStore store, EpochFile epochs)
{
    private readonly SegmentFiles _files = new(store);
    private readonly DescriptorWait _wait = new(shard);

    /// <summary>Called when everything below the milestone is written and nothing above.</summary>
    public async EngineTask<IoStatus> Reach(LogMilestone milestone, LogSettings settings)
    {
        var status = store.HasActive ? await Secure(milestone) : IoStatus.Ok;
        if (status == IoStatus.Ok && milestone.BeginsSegment)
        {
            status = await Begin(milestone.At, settings);
        }
        return status == IoStatus.Ok && milestone.BeginsSegment ? await DropSnapshots() : status;
    }

    /// <summary>
    /// Those within the segment before the one that has just ended. The recovery point's file may be behind
    /// and still speak of an offset of the latter.
    /// </summary>
    private async EngineTask<IoStatus> DropSnapshots()
    {
        var count = store.Segments.Count;
        return count < 3
            ? IoStatus.Ok
            : await store.DeleteStraySnapshots(
                store.Segments[count - 3].BaseOffset, store.Segments[count - 2].BaseOffset);
    }

    /// <summary>Opens an empty segment and makes it the active one.</summary>
    public async EngineTask<IoStatus> Begin(Offset baseOffset, LogSettings settings)
    {
        var path = store.PathOf(LogFileNames.Segment(baseOffset));
        var reserve = settings.IsPreallocated ? settings.SegmentBytes : 0;
        var opened = await _wait.Retry(
            async () => await store.Disk.Open(path, OpenMode.CreateEmpty, reserve),
            static file => file.Status);
        if (opened.File is null)
        {
            return opened.Status;
        }
        var status = await _wait.Retry(SyncNames);
        if (status != IoStatus.Ok)
        {
            store.Disk.Close(opened.File);
            return status;
        }
        var segment = new Segment(baseOffset, baseOffset, 0);
        var indexes = new SegmentIndexes(baseOffset, settings.IndexIntervalBytes);
        segment.Load(opened.File, indexes, new AbortedTransactionIndex());
        segment.MarkAbortedProven();
        segment.ModifiedMs = shard.WallMs;
        segment.HasSpareSpace = reserve > 0;
        store.Add(segment);
        return IoStatus.Ok;
    }

    private async EngineTask<IoStatus> Secure(LogMilestone milestone)
    {
        var active = store.Active;
        active.Date(shard.WallMs);
        var done = new IoResult(IoStatus.Ok);
        if (milestone.EndsSegment && active.HasSpareSpace)
        {
            // Its length stays: what was set aside behind it goes.
            done = await store.Disk.Truncate(active.File!, active.SizeBytes);
            active.HasSpareSpace = false;
        }
        done = done.IsOk ? await store.Disk.Sync(active.File!) : done;
        if (!done.IsOk)
        {
            return done.Status;
        }
        if (milestone.BeginsSegment)
        {
            active.Seal(milestone.At);
        }
        else
        {
            active.Indexes!.Seal();
        }
        var status = await _wait.Retry(() => _files.Save(active, isSynced: true));
        if (status == IoStatus.Ok && milestone.Snapshot is { } snapshot)
        {
            status = await _wait.Retry(() => store.Snapshots.Write(milestone.At, snapshot));
        }
        return status == IoStatus.Ok ? await _wait.Retry(() => epochs.Save(milestone.At)) : status;
    }

    private async EngineTask<IoStatus> SyncNames()
    {
        var synced = await store.Disk.SyncDirectory(store.Directory);
        return synced.Status;
    }
}
