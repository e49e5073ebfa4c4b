using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One attempt at opening a log from the files there are: believes what lies below a point, examines every
/// batch above it. Keeps the longest prefix of sound, contiguous batches. What follows it in the last segment
/// is a torn tail and is cut off; damage anywhere before is corruption.
/// </summary>
internal sealed class LogRecovery
{
    private readonly IShard _shard;
    private readonly LogContents _contents;
    private readonly LogSettings _settings;
    private readonly LogOpening _opening;
    private readonly SegmentFiles _files;
    private readonly bool _isTailWhole;

    /// <summary>With <paramref name="isTailWhole"/> nothing is torn, so nothing is cut.</summary>
    public LogRecovery(
        IShard shard,
        LogStore store,
        LogContents contents,
        LogSettings settings,
        LogOpening opening,
        bool isTailWhole)
    {
        _isTailWhole = isTailWhole;
        _shard = shard;
        _contents = contents;
        _settings = settings;
        _opening = opening;
        _files = new SegmentFiles(store);
        Store = store;
        State = new LogState(Offset.Zero);
    }

    public LogStore Store { get; }

    public LogState State { get; }

    /// <summary>
    /// The files contradict each other in a way that examining more of them would not show.
    /// </summary>
    public bool IsContradicted { get; private set; }

    /// <summary>
    /// Examines what lies above <paramref name="trusted"/>. Null when the log can be used; otherwise the
    /// reason for people.
    /// </summary>
    public async EngineTask<string?> Run(Offset trusted)
    {
        State.Epochs = _contents.Epochs is { } known ? LeaderEpochs.Of(known.Starts) : new LeaderEpochs();
        State.SavedEpochs = _contents.Epochs?.Starts ?? [];
        if (ListSegments() is { } problem)
        {
            return problem;
        }
        if (!Store.HasActive)
        {
            return null;
        }
        State.StartOffset = Store.Segments[0].BaseOffset;
        var from = await FindBeginning(trusted);
        problem = await ReadEpochs(from) ?? await Examine(from);
        if (problem is null && State.EndOffset < from)
        {
            problem = $"directory {Store.Directory} in {Store.Disk.Name} ends at offset {State.EndOffset}, "
                + $"although it has held all below {from}";
        }
        return problem ?? FindJump();
    }

    /// <summary>
    /// A log that was closed has a snapshot of its end. Where offsets may be missing, a last batch that
    /// claims a later one would not show otherwise.
    /// </summary>
    private string? FindJump()
    {
        var closed = _contents.Snapshots.Count == 0 ? Offset.Zero : _contents.Snapshots[^1];
        IsContradicted = _isTailWhole && _settings.IsCompacted && State.EndOffset > closed;
        return IsContradicted
            ? $"directory {Store.Directory} in {Store.Disk.Name} ends at offset {State.EndOffset}, "
                + $"although it was closed at {closed}"
            : null;
    }

    private string? ListSegments()
    {
        for (var i = 0; i < _contents.Segments.Count; i++)
        {
            var (baseOffset, sizeBytes, modifiedMs) = _contents.Segments[i];
            if (sizeBytes > int.MaxValue)
            {
                return $"{_contents.Describe(baseOffset)} has {sizeBytes} bytes, which no segment has";
            }
            var isLast = i == _contents.Segments.Count - 1;
            var end = isLast ? baseOffset : _contents.Segments[i + 1].BaseOffset;
            Store.Add(new Segment(baseOffset, end, sizeBytes) { ModifiedMs = modifiedMs });
        }
        foreach (var at in _contents.Snapshots)
        {
            Store.Snapshots.Add(at);
        }
        return null;
    }

    /// <summary>
    /// Where the examination begins, and the producers' state there. The aborted transactions of its segment
    /// must be known so far: without their index the examination begins at the segment's beginning.
    /// </summary>
    private async EngineTask<Offset> FindBeginning(Offset trusted)
    {
        var from = await FindSnapshot(trusted);
        while (true)
        {
            var segment = Store.Segments[Math.Min(Store.IndexOf(from), Store.Segments.Count - 1)];
            if (from <= segment.BaseOffset || await _files.ReadAborted(segment) is not null)
            {
                return from;
            }
            _shard.Trace.Mark("aborted-index-refused");
            from = await FindSnapshot(segment.BaseOffset);
        }
    }

    /// <summary>
    /// The checkpoint is behind, or gone, where it does not know the first record's epoch: then it is the
    /// batches below <paramref name="from"/> that tell.
    /// </summary>
    private async EngineTask<string?> ReadEpochs(Offset from)
    {
        var start = Offset.Max(State.StartOffset, Offset.Min(_opening.StartOffset, from));
        if (start >= from || (State.Epochs.Starts.Count > 0 && State.Epochs.Starts[0].Start <= start))
        {
            return null;
        }
        _shard.Trace.Mark("epochs-read-from-log");
        var reading = new EpochReading(_shard, Store);
        var problem = await reading.Run(start, from);
        foreach (var known in State.Epochs.Starts)
        {
            if (known.Start >= from)
            {
                reading.Epochs.Assign(known.Epoch, known.Start);
            }
        }
        State.Epochs = reading.Epochs;
        return problem;
    }

    /// <summary>The producers' state to begin with, and the offset it is of.</summary>
    private async EngineTask<Offset> FindSnapshot(Offset trusted)
    {
        State.Producers = new ProducerStates();
        if (await Store.Snapshots.NewestUpTo(trusted) is not { } found || found.At < State.StartOffset)
        {
            return State.StartOffset;
        }
        State.Producers = found.States;
        return found.At;
    }

    private async EngineTask<string?> Examine(Offset from)
    {
        var first = Math.Min(Store.IndexOf(from), Store.Segments.Count - 1);
        var mayHaveGaps = _settings.IsCompacted || from < _opening.CleanedEnd;
        var scan = new SegmentScan(_shard, Store, State, _opening, mayHaveGaps, producersFrom: from);
        string? problem = null;
        for (var i = first; i < Store.Segments.Count && problem is null; i++)
        {
            var segment = Store.Segments[i];
            var hold = new SegmentHold(Store.Cache, segment);
            problem = await ExamineOne(scan, segment, i == first ? from : segment.BaseOffset);
            if (problem is null)
            {
                problem = segment == Store.Active
                    ? await EndLog(scan, segment)
                    : await EndSegment(scan, segment, Store.Segments[i + 1].BaseOffset);
            }
            hold.Release();
            problem = problem is null ? null : $"{_contents.Describe(segment.BaseOffset)} {problem}";
        }
        scan.Release();
        State.EndOffset = scan.Expected;
        return problem;
    }

    /// <summary>
    /// Opens the segment's file, believes its indexes to the last entry below <paramref name="from"/>, and
    /// takes the batches from there on.
    /// </summary>
    private async EngineTask<string?> ExamineOne(SegmentScan scan, Segment segment, Offset from)
    {
        var path = Store.PathOf(LogFileNames.Segment(segment.BaseOffset));
        var opened = await Store.Disk.Open(path, OpenMode.Existing);
        if (opened.File is not { } file)
        {
            return "cannot be opened";
        }
        var start = new SegmentStart(_shard, Store.Disk, _files, segment, _settings);
        var status = await start.Find(file, from);
        segment.Load(file, start.Indexes, start.Aborted);
        segment.Saved = start.Saved;
        segment.Cut(segment.BaseOffset, start.Position);
        State.FirstTimestampMs = start.FirstTimestampMs;
        return status == IoStatus.Ok ? await scan.Run(segment, start.Expected) : "cannot be read";
    }

    /// <summary>Another segment follows: this one was synced before that was made.</summary>
    private async EngineTask<string?> EndSegment(SegmentScan scan, Segment segment, Offset next)
    {
        if (segment.SizeBytes < segment.File!.Length)
        {
            return $"has damaged bytes at {segment.SizeBytes} although another segment follows";
        }
        var mayHaveGap = _settings.IsCompacted || next <= _opening.CleanedEnd;
        if (next < scan.Expected || (next > scan.Expected && !mayHaveGap))
        {
            return $"ends at offset {scan.Expected}, but the segment after it begins at {next}";
        }
        segment.Seal(next);
        // The next milestone lets recovery believe them, and syncs only those of the active segment.
        if (await _files.Save(segment, isSynced: true) != IoStatus.Ok)
        {
            return "has indexes that cannot be written";
        }
        var kept = await Store.Snapshots.Write(next, ProducerSnapshot.Format(State.Producers));
        return kept == IoStatus.Ok ? null : "has a snapshot of its end that cannot be written";
    }

    private async EngineTask<string?> EndLog(SegmentScan scan, Segment segment)
    {
        if (segment.SizeBytes == segment.File!.Length)
        {
            return null;
        }
        return _isTailWhole
            ? $"has damaged bytes at {segment.SizeBytes} although the node was stopped cleanly"
            : await new LogTail(_shard, Store.Disk, _settings, State).Cut(segment, scan.Expected);
    }
}
