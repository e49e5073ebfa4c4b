using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The segments of one log, oldest first; the last one is active, the only one written to, and held for that.
/// </summary>
internal sealed class LogStore(IShard shard, LogDirectory place, string directory)
{
    private readonly List<Segment> _segments = [];

    public LogDirectory Place { get; } = place;

    public IDisk Disk => Place.Disk;

    public SegmentCache Cache => Place.Cache;

    public SnapshotFiles Snapshots { get; } = new(shard, place.Disk, directory);

    /// <summary>The partition's directory inside the log directory.</summary>
    public string Directory { get; } = directory;

    public IReadOnlyList<Segment> Segments => _segments;

    public bool HasActive => _segments.Count > 0;

    public Segment Active => _segments[^1];

    /// <summary>Of all segments' files.</summary>
    public long SizeBytes
    {
        get
        {
            var sizeBytes = 0L;
            foreach (var segment in _segments)
            {
                sizeBytes += segment.SizeBytes;
            }
            return sizeBytes;
        }
    }

    public string PathOf(string file) => $"{Directory}/{file}";

    /// <summary>Makes a segment the active one.</summary>
    public void Add(Segment segment)
    {
        Invariant.Assert(_segments.Count == 0 || segment.BaseOffset >= Active.EndOffset);
        if (_segments.Count > 0)
        {
            Cache.LetGo(Active);
        }
        Cache.Hold(segment);
        _segments.Add(segment);
    }

    /// <summary>
    /// The segment that holds <paramref name="offset"/>, or the next one when the offset lies in a gap; null
    /// when every segment ends at or before it.
    /// </summary>
    public Segment? SegmentOf(Offset offset)
    {
        var index = IndexOf(offset);
        return index == _segments.Count ? null : _segments[index];
    }

    /// <summary>Index of the segment that <see cref="SegmentOf"/> gives; Count when there is none.</summary>
    public int IndexOf(Offset offset) =>
        Bisection.CountWith(
            _segments.Count,
            (Segments: _segments, offset),
            static (x, i) => x.Segments[i].EndOffset <= x.offset);

    /// <summary>Index of the segment with this base; -1 when there is none.</summary>
    public int IndexOfBase(Offset baseOffset)
    {
        var index = Bisection.CountWith(
            _segments.Count,
            (Segments: _segments, baseOffset),
            static (x, i) => x.Segments[i].BaseOffset < x.baseOffset);
        return index < _segments.Count && _segments[index].BaseOffset == baseOffset ? index : -1;
    }

    /// <summary>
    /// Deletes the snapshots in [<paramref name="from"/>, <paramref name="end"/>) at which no segment begins,
    /// or none any more: only of the newest segment's offsets is a recovery glad to have them.
    /// </summary>
    public EngineTask<IoStatus> DeleteStraySnapshots(Offset from, Offset end) =>
        Snapshots.DeleteIn(from, end, at => IndexOfBase(at) < 0);

    /// <summary>Takes segments out, at either end or in the middle, never the active one alone.</summary>
    public void RemoveRange(int index, int count)
    {
        for (var i = index; i < index + count; i++)
        {
            Cache.Retire(_segments[i]);
        }
        var isActiveGone = index + count == _segments.Count;
        if (isActiveGone)
        {
            Cache.LetGo(Active);
        }
        _segments.RemoveRange(index, count);
        if (isActiveGone && _segments.Count > 0)
        {
            Cache.Hold(Active);
        }
    }

    /// <summary>Puts a segment in place of several that are not active.</summary>
    public void Replace(int index, int count, Segment segment)
    {
        Invariant.Assert(index + count < _segments.Count);
        RemoveRange(index, count);
        _segments.Insert(index, segment);
    }

    public void CloseAll()
    {
        if (_segments.Count > 0)
        {
            RemoveRange(0, _segments.Count);
        }
    }
}
