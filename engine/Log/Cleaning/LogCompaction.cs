using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Compaction of one log that is in use: how much of it is dirty, and one cleaning with the log's own
/// segments swapped behind its writer and its readers.
/// </summary>
public sealed class LogCompaction : ISegmentSwapper
{
    private readonly IShard _shard;
    private readonly PartitionLog _log;
    private readonly LogStore _store;
    private readonly SegmentTimes _times;
    private readonly List<EngineOp<bool>> _whenEnded = [];
    private LogCleaner? _running;
    private bool _isRunning;
    private bool _isStopped;    // while it runs
    private bool _isClaimed;    // this holds the log's turn

    internal LogCompaction(IShard shard, PartitionLog log)
    {
        _shard = shard;
        _log = log;
        _store = log.Store;
        _times = new SegmentTimes(shard, log.Store, log.Loader);
    }

    /// <summary>
    /// What of the log may be compacted now, by its settings and the checkpoint; null when there is nothing,
    /// or an index cannot be read.
    /// </summary>
    public async EngineTask<CleanableRange?> Assess(Offset highWatermark, Offset lastStable, long nowMs)
    {
        if (!_log.IsUsable || _store.Segments.Count < 2)
        {
            return null;
        }
        var checkpoint = _log.Place.CleanerPoints.Find(_log.Partition) ?? Offset.None;
        foreach (var segment in _store.Segments.Where(segment => segment.EndOffset > checkpoint).ToList())
        {
            if (await _times.Learn(segment) != IoStatus.Ok)
            {
                return null;
            }
        }
        return _store.Segments.Count < 2
            ? null
            : CleanableRange.Of(_times.Known(), new CleanableRule
            {
                Checkpoint = checkpoint,
                LogStart = _log.StartOffset,
                HighWatermark = highWatermark,
                LastStable = lastStable,
                NowMs = nowMs,
                MinLagMs = _log.Settings.MinCompactionLagMs,
                MaxLagMs = _log.Settings.MaxCompactionLagMs,
            });
    }

    /// <summary>
    /// Compacts the range once, and keeps how far it has come. Tombstones and markers go only below
    /// <paramref name="removableBelow"/>: what every replica has compacted.
    /// </summary>
    public async EngineTask<CleanOutcome> Run(
        CleanableRange range, CleanSettings settings, Offset removableBelow, long nowMs)
    {
        Invariant.Assert(!_isRunning);
        _isRunning = true;
        var outcome = _log.IsUsable
            ? await RunHeld(range, settings, new RemovalRule(nowMs, removableBelow))
            : new CleanOutcome { Status = CleanStatus.Overtaken, Reason = "the log is closed" };
        (_isRunning, _isStopped) = (false, false);
        foreach (var ended in _whenEnded)
        {
            ended.Complete(true);
        }
        _whenEnded.Clear();
        return outcome;
    }

    /// <summary>Ends a cleaning that runs, soon; see <see cref="LogCleaner.Stop"/>.</summary>
    public void Stop()
    {
        _isStopped = _isRunning;
        _running?.Stop();
    }

    /// <summary>Ends a cleaning that runs, and completes when it has ended.</summary>
    public async EngineTask End()
    {
        if (_isRunning)
        {
            Stop();
            var ended = new EngineOp<bool>(_shard);
            _whenEnded.Add(ended);
            await ended;
        }
    }

    /// <summary>With the files of all segments held open.</summary>
    private async EngineTask<CleanOutcome> RunHeld(
        CleanableRange range, CleanSettings settings, RemovalRule removal)
    {
        var holds = new List<SegmentHold>();
        var sources = new List<CleanSource>();
        var beyond = new List<AbortedTransaction>();
        var status = IoStatus.Ok;
        foreach (var segment in _store.Segments.ToList())
        {
            holds.Add(new SegmentHold(_store.Cache, segment));
            status = status == IoStatus.Ok ? await _log.Loader.LoadProven(segment) : status;
            if (status == IoStatus.Ok)
            {
                Take(segment, range.Bound, sources, beyond);
            }
        }
        var outcome = status == IoStatus.Ok
            ? await Clean(new CleanTask
            {
                Sources = sources,
                AbortedBeyond = beyond,
                FirstDirty = range.FirstDirty,
                Bound = range.Bound,
                Producers = LiveOnes(),
                Removal = removal,
            }, settings)
            : new CleanOutcome { Status = CleanStatus.DiskFailed, Io = status, Reason = "cannot be read" };
        holds.ForEach(static hold => hold.Release());
        return outcome;
    }

    bool ISegmentSwapper.TryClaim(IReadOnlyList<Offset> oldBases)
    {
        if (!_log.IsUsable || IndexOf(oldBases) < 0 || !_log.Turns.TryTake())
        {
            return false;
        }
        _isClaimed = true;
        return true;
    }

    async EngineTask<IoStatus> ISegmentSwapper.Replace(IReadOnlyList<Offset> oldBases, CleanedSegment cleaned)
    {
        var status = await FileOperations.Run(
            _store.Disk, _store.Directory, SegmentSwap.Complete(oldBases, cleaned));
        if (status != IoStatus.Ok)
        {
            return status;
        }
        var index = IndexOf(oldBases);
        var end = _store.Segments[index + oldBases.Count].BaseOffset;
        var modifiedMs = _store.Segments.Skip(index).Take(oldBases.Count).Max(static old => old.ModifiedMs);
        _store.Replace(index, oldBases.Count, new Segment(cleaned.Base, end, cleaned.SizeBytes)
        {
            MaxTimestampMs = cleaned.MaxTimestampMs,
            FirstTimestampMs = cleaned.FirstTimestampMs,
            ModifiedMs = modifiedMs,
        });
        foreach (var old in oldBases)
        {
            _log.Place.Deletions.Doom(_store.Directory, old, _log.Settings.FileDeleteDelayMs);
        }
        status = await _store.DeleteStraySnapshots(oldBases[0], end);
        if (status == IoStatus.Ok)
        {
            EndClaim();
        }
        return status;
    }

    private static void Take(
        Segment segment, Offset bound, List<CleanSource> sources, List<AbortedTransaction> beyond)
    {
        var aborted = segment.Aborted!.ToList();
        if (segment.BaseOffset >= bound)
        {
            beyond.AddRange(aborted);
            return;
        }
        sources.Add(new CleanSource(
            segment.BaseOffset,
            segment.EndOffset,
            segment.File!,
            segment.SizeBytes,
            segment.Indexes!.MaxTimestampMs,
            aborted)
        {
            IndexBytes = segment.Indexes.Offsets.Bytes.Length,
            TimeIndexBytes = segment.Indexes.Times.Bytes.Length,
        });
    }

    private async EngineTask<CleanOutcome> Clean(CleanTask task, CleanSettings settings)
    {
        if (_isStopped)
        {
            return new CleanOutcome { Status = CleanStatus.Stopped, Reason = "was asked to stop" };
        }
        _running = new LogCleaner(_shard, _store.Disk, _store.Directory, _log.Partition, settings, this);
        var outcome = await _running.Run(task);
        _running = null;
        if (_isClaimed)
        {
            EndClaim();
            _log.OnFailure(outcome.Io);
        }
        if (outcome.Status == CleanStatus.DiskFailed && !_log.IsOffline && outcome.Io == IoStatus.Failed)
        {
            _log.OnFailure(outcome.Io);
        }
        if (outcome.Status == CleanStatus.Cleaned)
        {
            await _log.Place.CleanerPoints.Keep(_log.Partition, outcome.CleanedEnd);
        }
        return outcome;
    }

    private void EndClaim()
    {
        _isClaimed = false;
        _log.Turns.End();
    }

    /// <summary>Where these segments are, one behind the other and before the active one; or -1.</summary>
    private int IndexOf(IReadOnlyList<Offset> bases)
    {
        var index = _store.IndexOfBase(bases[0]);
        if (index < 0 || index + bases.Count >= _store.Segments.Count)
        {
            return -1;
        }
        for (var i = 0; i < bases.Count; i++)
        {
            if (_store.Segments[index + i].BaseOffset != bases[i])
            {
                return -1;
            }
        }
        return index;
    }

    private LiveProducers LiveOnes() => new([.. _log.Producers.All.Select(static producer => new LiveProducer(
        producer.Id,
        producer.Epoch,
        producer.BatchCount == 0 ? Offset.None : producer.Last.EndOffset - 1))]);
}
