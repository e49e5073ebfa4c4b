using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Which bytes of a segment this process has written, or has found to be sound batches. What is forgotten is
/// only checked once more.
/// </summary>
internal sealed class CheckedRanges
{
    private const int RangesMax = 64;

    private readonly List<(int Start, int End)> _ranges = [];    // ascending; they do not touch

    public bool Covers(int start, int end)
    {
        var index = CountUpTo(start);
        return index > 0 && _ranges[index - 1].End >= end;
    }

    /// <summary>Batches lie in [start, end).</summary>
    public void Add(int start, int end)
    {
        Invariant.Assert(start < end);
        if (_ranges.Count > 0 && _ranges[^1].End == start)
        {
            _ranges[^1] = (_ranges[^1].Start, end);    // what is written comes behind all else
            return;
        }
        var first = CountUpTo(start);
        if (first > 0 && _ranges[first - 1].End >= start)
        {
            first--;
            start = _ranges[first].Start;
        }
        var next = first;
        while (next < _ranges.Count && _ranges[next].Start <= end)
        {
            end = int.Max(end, _ranges[next].End);
            next++;
        }
        if (next == first)
        {
            _ranges.Insert(first, (start, end));
        }
        else
        {
            _ranges[first] = (start, end);
            _ranges.RemoveRange(first + 1, next - first - 1);
        }
        if (_ranges.Count > RangesMax)
        {
            _ranges.RemoveAt(0);
        }
    }

    /// <summary>What is known of the bytes before <paramref name="end"/>.</summary>
    public CheckedRanges UpTo(int end)
    {
        var kept = new CheckedRanges();
        foreach (var (start, rangeEnd) in _ranges)
        {
            if (start < end)
            {
                kept._ranges.Add((start, int.Min(end, rangeEnd)));
            }
        }
        return kept;
    }

    /// <summary>How many ranges begin at or before a position.</summary>
    private int CountUpTo(int position) => Bisection.CountWith(
        _ranges.Count, (Ranges: _ranges, position), static (x, i) => x.Ranges[i].Start <= x.position);
}
