using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Deletes a log's oldest segments as <see cref="Retention"/> decides, oldest first and each durably before
/// the next, so that what is left is always one piece.
/// </summary>
internal sealed class LogRetention(IShard shard, PartitionLog log)
{
    private readonly LogStore _store = log.Store;
    private readonly SegmentTimes _times = new(shard, log.Store, log.Loader);
    private readonly SegmentFiles _files = new(log.Store);

    /// <summary>How many segments went; 0 also when the disk failed, which the log then says.</summary>
    public async EngineTask<int> Run(Offset highWatermark, long nowMs)
    {
        await log.Turns.Take();
        var count = log.IsUsable && _store.HasActive ? await Delete(highWatermark, nowMs) : 0;
        log.Turns.End();
        return count;
    }

    private async EngineTask<int> Delete(Offset highWatermark, long nowMs)
    {
        var verdict = await Decide(highWatermark, nowMs);
        if (verdict.DeletableCount == 0)
        {
            return 0;
        }
        if (verdict.RollsActive)
        {
            // What was still on its way is in the old segment now, and may lie above the high watermark.
            await log.Roll();
            verdict = await Decide(highWatermark, nowMs);
        }
        if (!log.IsUsable || verdict.DeletableCount >= _store.Segments.Count)
        {
            return 0;
        }
        log.AdvanceStart(verdict.NewStart);
        var status = IoStatus.Ok;
        var count = 0;
        for (; count < verdict.DeletableCount && status == IoStatus.Ok; count++)
        {
            status = await DeleteOldest();
        }
        if (status == IoStatus.Ok)
        {
            status = await _store.Snapshots.DeleteBelow(_store.Segments[0].BaseOffset);
        }
        if (status != IoStatus.Ok)
        {
            log.OnFailure(status);
        }
        if (shard.Trace.IsListening)
        {
            shard.Trace.Emit(new SegmentsDeleted(log.Partition, count, log.StartOffset));
        }
        return count;
    }

    /// <summary>Learns the times of as many segments as it takes.</summary>
    private async EngineTask<RetentionVerdict> Decide(Offset highWatermark, long nowMs)
    {
        while (true)
        {
            var settings = log.Settings;
            var verdict = Retention.Decide(_times.Known(), new RetentionRule
            {
                DeletesByPolicy = settings.IsDeleted,
                RetentionMs = settings.RetentionMs,
                RetentionBytes = settings.RetentionBytes,
                LogStart = log.StartOffset,
                HighWatermark = highWatermark,
                NowMs = nowMs,
            });
            var next = verdict.DeletableCount;
            if (next == _store.Segments.Count
                || _store.Segments[next].MaxTimestampMs is not null
                || await _times.Learn(_store.Segments[next]) != IoStatus.Ok)
            {
                return verdict;
            }
        }
    }

    private async EngineTask<IoStatus> DeleteOldest()
    {
        var baseOffset = _store.Segments[0].BaseOffset;
        _store.RemoveRange(0, 1);
        var path = _store.PathOf(LogFileNames.Segment(baseOffset));
        var status = await log.Place.Deletions.Delete(path, log.Settings.FileDeleteDelayMs);
        return status == IoStatus.Ok ? await _files.Delete(baseOffset) : status;
    }
}
