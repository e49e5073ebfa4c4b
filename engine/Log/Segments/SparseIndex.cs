using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Where batches begin in one segment: one entry for about every `index.interval.bytes`, and the last few
/// batches all, since that is where consumers and followers read. Entries ascend in offset and in position,
/// and every one is the exact beginning of a batch.
/// </summary>
internal sealed class SparseIndex(Offset segmentBase, int intervalBytes)
{
    private const int RecentCount = 64;

    private readonly List<IndexEntry> _entries = [];

    // A ring: the newest is at (_added - 1) % RecentCount.
    private readonly IndexEntry[] _recent = new IndexEntry[RecentCount];
    private long _added;
    private int _indexedPosition = -1;    // position of the last entry in _entries
    private long _maxTimestampMs = -1;

    /// <summary>A batch was written at <paramref name="position"/>, behind all others.</summary>
    public void Add(in BatchSpan batch, int position)
    {
        var entry = new IndexEntry(batch.BaseOffset, position, _maxTimestampMs);
        if (_indexedPosition < 0 || position - _indexedPosition > intervalBytes)
        {
            _entries.Add(entry);
            _indexedPosition = position;
        }
        _recent[_added % RecentCount] = entry;
        _added++;
        if (batch.MaxTimestampMs > _maxTimestampMs)
        {
            _maxTimestampMs = batch.MaxTimestampMs;
        }
    }

    /// <summary>
    /// The last known batch that begins at or before <paramref name="offset"/>, or the segment's beginning.
    /// </summary>
    public IndexEntry FloorByOffset(Offset offset)
    {
        if (TryRecent(offset, out var recent))
        {
            return recent;
        }
        var low = 0;
        var high = _entries.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            if (_entries[middle].BaseOffset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
        return high < 0 ? new IndexEntry(segmentBase, 0, -1) : _entries[high];
    }

    /// <summary>The last known beginning of a batch at or before <paramref name="position"/>.</summary>
    public int FloorByPosition(int position)
    {
        var low = 0;
        var high = _entries.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            if (_entries[middle].Position <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
        return high < 0 ? 0 : _entries[high].Position;
    }

    /// <summary>
    /// Where to begin looking for the first record with a timestamp of at least
    /// <paramref name="timestampMs"/>.
    /// </summary>
    public int FloorByTimestamp(long timestampMs)
    {
        var low = 0;
        var high = _entries.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            if (_entries[middle].MaxTimestampBeforeMs < timestampMs)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }
        return high < 0 ? 0 : _entries[high].Position;
    }

    private bool TryRecent(Offset offset, out IndexEntry found)
    {
        var oldest = _added > RecentCount ? _added - RecentCount : 0;
        for (var i = _added - 1; i >= oldest; i--)
        {
            var entry = _recent[i % RecentCount];
            if (entry.BaseOffset <= offset)
            {
                found = entry;
                return true;
            }
        }
        found = default;
        return false;
    }
}
