using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Compacts one log, once (KIP-58): reads the keys of its dirty part, then writes its segments anew, group by
/// group, with what is to stay, and has each swapped in for those it was made of.
/// </summary>
/// <remarks>
/// Everything up to a group's swap can be given up at any time and leaves the log as it was. Whoever runs it
/// holds the log, so that its files stay open, and stops it before anything that takes records away from the
/// end, changes cleanup.policy or gives the partition up. Nothing is thrown: what goes wrong is told by the
/// outcome.
/// </remarks>
public sealed class LogCleaner
{
    private readonly IShard _shard;
    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly TopicPartition _partition;
    private readonly CleanSettings _settings;
    private readonly ISegmentSwapper _swapper;
    private readonly CleaningPace _pace;
    private readonly SegmentFeed _feed;
    private readonly CleanTotals _totals = new();
    private bool _isStopped;

    /// <param name="shard">The log's shard.</param>
    /// <param name="disk">The log's disk.</param>
    /// <param name="directory">The partition's directory inside the log directory.</param>
    /// <param name="partition">Whose log it is, for the trace.</param>
    /// <param name="settings">They hold for the whole cleaning.</param>
    /// <param name="swapper">The log itself.</param>
    public LogCleaner(
        IShard shard,
        IDisk disk,
        string directory,
        TopicPartition partition,
        CleanSettings settings,
        ISegmentSwapper swapper)
    {
        _shard = shard;
        _disk = disk;
        _directory = directory;
        _partition = partition;
        _settings = settings;
        _swapper = swapper;
        _pace = new CleaningPace(settings.IoBytesPerSecond, shard.Now);
        _feed = new SegmentFeed(shard, disk) { Pace = _pace };
    }

    /// <summary>
    /// Ends the cleaning before its next group is swapped in; a swap that has begun is brought to its end
    /// first. What it was about is told by <see cref="Run"/>.
    /// </summary>
    public void Stop()
    {
        _isStopped = true;
        _feed.Stop();
    }

    /// <summary>Called once.</summary>
    public async EngineTask<CleanOutcome> Run(CleanTask task)
    {
        Invariant.Assert(task.Bound >= task.FirstDirty);
        var keysMax = task.Bound - task.FirstDirty;
        var map = new OffsetMap(
            _shard.Buffers,
            new KeyHash(_shard.Buffers, _shard.Random("log-cleaner")),
            keysMax,
            _settings.DedupeBufferBytes);
        var failure = await MapKeys(task, map);
        failure ??= await CleanGroups(task, map);
        map.Release();
        _feed.Release();
        return failure is null ? Cleaned(task, map.MappedEnd) : Ended(failure);
    }

    private async EngineTask<CleanFailure?> MapKeys(CleanTask task, OffsetMap map)
    {
        var transactions = new CleanedTransactions(AbortedOf(task));
        var mapper = new KeyMapper(_shard.Buffers, map, transactions, task.FirstDirty);
        map.MoveMappedEnd(task.FirstDirty);
        CleanFailure? failure = null;
        for (var i = 0; i < task.Sources.Count && failure is null && !mapper.IsDone; i++)
        {
            // A clean segment has nothing for the map, and no transaction that goes on behind it counts: its
            // data there was met by an earlier cleaning, which knew what had been aborted.
            if (task.Sources[i].End > task.FirstDirty)
            {
                failure = await _feed.Walk(task.Sources[i], mapper);
            }
        }
        mapper.Release();
        if (failure is null && mapper.IsDone)
        {
            _shard.Trace.Mark("key-map-full");
            return map.MappedEnd > task.FirstDirty
                ? null
                : CleanFailure.Of(
                    CleanStatus.Uncleanable,
                    $"the batch at offset {map.MappedEnd} has more keys than the map's {map.CountMax}");
        }
        if (failure is null)
        {
            map.MoveMappedEnd(task.Bound);
        }
        return failure;
    }

    private async EngineTask<CleanFailure?> CleanGroups(CleanTask task, OffsetMap map)
    {
        var sources = new List<CleanSource>();
        foreach (var source in task.Sources)
        {
            if (source.Base < map.MappedEnd)
            {
                sources.Add(source);
            }
        }
        var transactions = new CleanedTransactions(AbortedOf(task));
        var filter = new GroupFilter(_shard, task, map, transactions, _settings);
        CleanFailure? failure = null;
        var groups = SegmentGroups.Of(sources, _settings.SegmentBytes, _settings.IndexBytes);
        for (var i = 0; i < groups.Count && failure is null; i++)
        {
            failure = await CleanGroup(sources.GetRange(groups[i].First, groups[i].Count), filter);
        }
        filter.Release();
        return failure;
    }

    private async EngineTask<CleanFailure?> CleanGroup(List<CleanSource> group, GroupFilter filter)
    {
        var segmentBase = group[0].Base;
        var indexes = new SegmentIndexes(segmentBase, _settings.IndexIntervalBytes);
        var output = new CleanedWriter(_shard, _disk, _directory, segmentBase, indexes) { Pace = _pace };
        filter.Begin(output);
        var failure = await output.Open() ?? await Filter(group, filter, output) ?? await output.Finish();

        // From the claim on the group is swapped in, whatever happens: no await stands between.
        var isNews = group.Count > 1 || filter.HasChanged || HasLostAborted(group, output.Segment);
        var bases = group.ConvertAll(static source => source.Base);
        failure ??= isNews ? Claim(bases) : null;
        if (failure is null && isNews)
        {
            failure = await Swap(bases, output.Segment, filter.Totals);
        }
        else
        {
            await output.Discard();
        }
        output.Release();
        return failure;
    }

    private async EngineTask<CleanFailure?> Filter(
        List<CleanSource> group, GroupFilter filter, CleanedWriter output)
    {
        var last = group.FindLastIndex(static source => source.SizeBytes > 0);
        CleanFailure? failure = null;
        for (var i = 0; i < group.Count && failure is null; i++)
        {
            filter.BeginSource(group[i], isLast: i == last);
            failure = await _feed.Walk(group[i], filter, output);
        }
        return failure;
    }

    private CleanFailure? Claim(List<Offset> bases)
    {
        if (_isStopped)
        {
            return CleanFailure.Of(CleanStatus.Stopped, "was asked to stop");
        }
        return _swapper.TryClaim(bases)
            ? null
            : CleanFailure.Of(
                CleanStatus.Overtaken, $"segment {bases[0]} or one behind it has gone meanwhile");
    }

    private async EngineTask<CleanFailure?> Swap(
        List<Offset> bases, CleanedSegment cleaned, CleanTotals totals)
    {
        var status = await FileOperations.Run(_disk, _directory, SegmentSwap.Commit(cleaned));
        if (status == IoStatus.Ok)
        {
            status = await _swapper.Replace(bases, cleaned);
        }
        if (status != IoStatus.Ok)
        {
            return CleanFailure.OfDisk(
                status,
                $"segment {cleaned.Base} in {_directory} in {_disk.Name} cannot be swapped in: {status}");
        }
        totals.BytesAfter += cleaned.SizeBytes;
        _totals.Add(totals);
        Tell(totals);
        return null;
    }

    /// <summary>
    /// The index of aborted transactions has fewer entries although no batch has changed: the rest of such a
    /// transaction has gone from the log's start.
    /// </summary>
    private static bool HasLostAborted(List<CleanSource> group, CleanedSegment cleaned) =>
        group.Count == 1 && group[0].Aborted.Count != cleaned.Aborted.Count;

    private static List<AbortedTransaction> AbortedOf(CleanTask task)
    {
        var aborted = new List<AbortedTransaction>();
        foreach (var source in task.Sources)
        {
            aborted.AddRange(source.Aborted);
        }
        aborted.AddRange(task.AbortedBeyond);
        return aborted;
    }

    private void Tell(CleanTotals totals)
    {
        foreach (var offset in totals.Tombstones)
        {
            _shard.Trace.Emit(new TombstoneRemoved(_partition, offset));
        }
        foreach (var marker in totals.Markers)
        {
            _shard.Trace.Emit(new MarkerRemoved(_partition, marker.ProducerId, marker.Offset));
        }
    }

    private CleanOutcome Cleaned(CleanTask task, Offset cleanedEnd)
    {
        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new LogCleaned(
                _partition,
                task.FirstDirty,
                cleanedEnd,
                _totals.BytesBefore,
                _totals.BytesAfter,
                _totals.RecordsRemoved));
        }
        return Outcome(CleanStatus.Cleaned) with { CleanedEnd = cleanedEnd };
    }

    private CleanOutcome Ended(CleanFailure failure)
    {
        _shard.Trace.Mark(failure.Status switch
        {
            CleanStatus.Stopped => "cleaning-stopped",
            CleanStatus.Overtaken => "cleaning-overtaken",
            CleanStatus.Damaged => "cleaning-meets-damage",
            CleanStatus.Uncleanable => "log-uncleanable",
            CleanStatus.DiskFailed => "cleaning-fails-on-disk",
            _ => throw new InvariantException($"{failure.Status} is no failure"),
        });
        var isTrouble = failure.Status is not (CleanStatus.Stopped or CleanStatus.Overtaken);
        if (isTrouble && _shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new CleaningStopped(_partition, failure.Reason));
        }
        return Outcome(failure.Status) with { Io = failure.Io, Reason = failure.Reason };
    }

    private CleanOutcome Outcome(CleanStatus status) => new()
    {
        Status = status,
        BytesBefore = _totals.BytesBefore,
        BytesAfter = _totals.BytesAfter,
        RecordsRemoved = _totals.RecordsRemoved,
        TombstonesRemoved = _totals.TombstonesRemoved,
        MarkersRemoved = _totals.MarkersRemoved,
    };
}
