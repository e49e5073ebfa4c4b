using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Where some batches of a segment begin that somebody is likely to ask for: whoever does needs no index. The
/// newest so many are known.
/// </summary>
internal sealed class KnownBatches
{
    private const int Count = 64;

    // A ring: the newest is at (_added - 1) % Count.
    private readonly OffsetPosition[] _batches = new OffsetPosition[Count];
    private long _added;

    public void Add(Offset baseOffset, int position)
    {
        _batches[_added % Count] = new OffsetPosition(baseOffset, position);
        _added++;
    }

    /// <summary>
    /// The batch that begins exactly at <paramref name="offset"/>; -1 when it is not known.
    /// </summary>
    public int PositionOf(Offset offset)
    {
        var oldest = _added > Count ? _added - Count : 0;
        for (var i = _added - 1; i >= oldest; i--)
        {
            var batch = _batches[i % Count];
            if (batch.Offset == offset)
            {
                return batch.Position;
            }
        }
        return -1;
    }

    /// <summary>Whether a batch is known that begins at this position.</summary>
    public bool Has(int position)
    {
        var oldest = _added > Count ? _added - Count : 0;
        for (var i = _added - 1; i >= oldest; i--)
        {
            if (_batches[i % Count].Position == position)
            {
                return true;
            }
        }
        return false;
    }
}
