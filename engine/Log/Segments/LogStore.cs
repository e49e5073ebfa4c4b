using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>The segments of one log, oldest first; the last one is active, the only one written to.</summary>
internal sealed class LogStore(IDisk disk, string directory)
{
    private readonly List<Segment> _segments = [];

    public IDisk Disk { get; } = disk;

    /// <summary>The partition's directory inside the log directory.</summary>
    public string Directory { get; } = directory;

    public IReadOnlyList<Segment> Segments => _segments;

    public bool HasActive => _segments.Count > 0;

    public Segment Active => _segments[^1];

    public string PathOf(string file) => $"{Directory}/{file}";

    public void Add(Segment segment)
    {
        Invariant.Assert(_segments.Count == 0 || segment.BaseOffset >= Active.EndOffset);
        _segments.Add(segment);
    }

    /// <summary>
    /// The segment that holds <paramref name="offset"/>, or the next one when the offset lies in a gap; null
    /// when every segment ends at or before it.
    /// </summary>
    public Segment? SegmentOf(Offset offset)
    {
        var low = 0;
        var high = _segments.Count;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_segments[middle].EndOffset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low == _segments.Count ? null : _segments[low];
    }

    public void CloseAll()
    {
        foreach (var segment in _segments)
        {
            Disk.Close(segment.File);
        }
        _segments.Clear();
    }
}
