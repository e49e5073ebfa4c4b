using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Cuts a log so that what is cut never comes back, whatever crashes (KAFKA-10101): first the recovery point
/// is lowered, then segments go from the newest on, each durably before the next, then the last one is cut
/// and synced. Nothing is appended meanwhile.
/// </summary>
internal sealed class LogTruncation(IShard shard, PartitionLog log, LogMilestones milestones)
{
    private readonly LogStore _store = log.Store;
    private readonly SegmentFiles _files = new(log.Store);

    public async EngineTask<IoStatus> To(Offset target)
    {
        Invariant.Assert(target >= Offset.Zero);
        await log.Compaction.End();
        await log.Turns.Take();
        await log.Finish();
        var status = log.IsUsable ? await Cut(target) : IoStatus.Failed;
        End(status);
        return status;
    }

    public async EngineTask<IoStatus> Fully(Offset start)
    {
        await log.Compaction.End();
        await log.Turns.Take();
        await log.Finish();
        var status = log.IsUsable ? await Empty(start) : IoStatus.Failed;
        End(status);
        return status;
    }

    private void End(IoStatus status)
    {
        if (status != IoStatus.Ok && log.IsUsable)
        {
            log.OnFailure(status);
        }
        log.Turns.End();
    }

    private async EngineTask<IoStatus> Cut(Offset target)
    {
        if (target >= log.EndOffset)
        {
            return await DropEpochAtEnd();
        }
        if (target <= _store.Segments[0].BaseOffset)
        {
            return await Empty(target);
        }
        var index = _store.IndexOf(target);
        if (index > 0 && _store.Segments[index].BaseOffset >= target)
        {
            index--;    // the target lies in a gap, or begins a segment
        }
        var segment = _store.Segments[index];
        // Its index files go: until they are there again, the whole segment is examined.
        var status = await LowerRecoveryPoint(segment.BaseOffset);
        var hold = new SegmentHold(_store.Cache, segment);
        if (status == IoStatus.Ok)
        {
            status = await log.Loader.Load(segment);
        }
        if (status == IoStatus.Ok)
        {
            status = await RemoveFrom(index + 1);
        }
        if (status == IoStatus.Ok)
        {
            status = await CutSegment(segment, target);
        }
        hold.Release();
        return status == IoStatus.Ok ? await Settle(segment) : status;
    }

    /// <summary>
    /// No record goes. But an epoch that was won here without appending is in the way of the new leader's
    /// records, which may be of an older one: a follower's epochs are those of its records.
    /// </summary>
    private async EngineTask<IoStatus> DropEpochAtEnd()
    {
        var count = log.Epochs.Starts.Count;
        log.Epochs.TruncateFromEnd(log.EndOffset);
        return log.Epochs.Starts.Count < count ? await log.SaveEpochs() : IoStatus.Ok;
    }

    /// <summary>
    /// And how far the log is compacted: what takes the place of the records that go is not (KAFKA-1819).
    /// </summary>
    private async EngineTask<IoStatus> LowerRecoveryPoint(Offset target)
    {
        log.LowerRecoveryPoint(target);
        var cleaned = log.Place.CleanerPoints;
        if (cleaned.Of(log.Partition) > target && !await cleaned.Keep(log.Partition, target))
        {
            return IoStatus.Failed;
        }
        var points = log.Place.RecoveryPoints;
        if (points.Of(log.Partition) <= target)
        {
            return IoStatus.Ok;
        }
        return await points.Keep(log.Partition, target) ? IoStatus.Ok : IoStatus.Failed;
    }

    /// <summary>Takes the segments from <paramref name="index"/> on away, newest first.</summary>
    private async EngineTask<IoStatus> RemoveFrom(int index)
    {
        for (var last = _store.Segments.Count - 1; last >= index; last--)
        {
            var baseOffset = _store.Active.BaseOffset;
            _store.RemoveRange(last, 1);
            var path = _store.PathOf(LogFileNames.Segment(baseOffset));
            var status = await log.Place.Deletions.Delete(path, log.Settings.FileDeleteDelayMs);
            if (status == IoStatus.Ok)
            {
                status = await _files.Delete(baseOffset);
            }
            if (status != IoStatus.Ok)
            {
                return status;
            }
        }
        return IoStatus.Ok;
    }

    private async EngineTask<IoStatus> CutSegment(Segment segment, Offset target)
    {
        // What is left of the segment is fed to its indexes once more, from an entry that stays.
        var (found, entry) = await log.Loader.Near(segment, target - 1);
        if (found != IoStatus.Ok)
        {
            return found;
        }
        var size = segment.SizeBytes;
        segment.Indexes!.TruncateTo(entry.Position == 0 ? segment.BaseOffset : entry.Offset + 1);
        segment.Cut(segment.BaseOffset, entry.Position);
        var walker = new BatchWalker(shard, _store.Disk, segment.File!, entry.Position);
        while (walker.Position < size
            && await walker.Peek(size) is { } batch
            && batch.EndOffset <= target)
        {
            segment.OnWritten(batch.Span);
            walker.Advance(batch);
        }
        walker.Release();
        if (walker.Status != IoStatus.Ok)
        {
            return walker.Status;
        }
        segment.Aborted!.TruncateTo(segment.EndOffset);
        segment.Saved = default;
        var status = await _files.Delete(segment.BaseOffset);
        if (status == IoStatus.Ok)
        {
            status = await _store.Snapshots.DeleteAbove(segment.EndOffset);
        }
        if (status != IoStatus.Ok)
        {
            return status;
        }
        var done = await _store.Disk.SyncDirectory(_store.Directory);
        if (done.IsOk)
        {
            done = await _store.Disk.Truncate(segment.File!, segment.SizeBytes);
        }
        if (done.IsOk)
        {
            done = await _store.Disk.Sync(segment.File!);
        }
        return done.Status;
    }

    private async EngineTask<IoStatus> Settle(Segment segment)
    {
        var end = segment.EndOffset;
        log.Epochs.TruncateFromEnd(end);
        var status = await log.SaveEpochs();
        var replay = new ProducerReplay(shard, _store);
        if (status == IoStatus.Ok)
        {
            status = await replay.Run(end);
        }
        if (status != IoStatus.Ok)
        {
            return status;
        }
        var (_, firstMs) = await BatchWalker.FirstTimestamp(
            shard, _store.Disk, segment.File!, segment.SizeBytes);
        log.OnTruncated(Offset.Min(log.StartOffset, end), end, replay.States, firstMs);
        return IoStatus.Ok;
    }

    private async EngineTask<IoStatus> Empty(Offset start)
    {
        var status = await LowerRecoveryPoint(Offset.Zero);
        if (status == IoStatus.Ok)
        {
            status = await RemoveFrom(0);
        }
        if (status == IoStatus.Ok)
        {
            status = await _store.Snapshots.DeleteAbove(Offset.None);
        }
        if (status == IoStatus.Ok)
        {
            status = await milestones.Begin(start, log.Settings);
        }
        if (status != IoStatus.Ok)
        {
            return status;
        }
        log.Epochs.TruncateFromEnd(Offset.Zero);
        status = await log.SaveEpochs();
        if (status == IoStatus.Ok)
        {
            log.OnTruncated(start, start, new ProducerStates(), -1);
        }
        return status;
    }
}
