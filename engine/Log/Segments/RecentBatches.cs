using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Where the batches written last begin: there consumers and followers read, and so need no index.
/// </summary>
internal sealed class RecentBatches
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
            if (batch.Offset <= offset)
            {
                return batch.Offset == offset ? batch.Position : -1;
            }
        }
        return -1;
    }
}
