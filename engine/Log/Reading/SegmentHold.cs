using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>One reader's hold on a segment's file: it stays open whatever becomes of the log.</summary>
public sealed class SegmentHold
{
    private readonly SegmentCache _cache;
    private readonly Segment _segment;
    private bool _isReleased;

    internal SegmentHold(SegmentCache cache, Segment segment)
    {
        _cache = cache;
        _segment = segment;
        cache.Hold(segment);
    }

    public void Release()
    {
        Invariant.Assert(!_isReleased);
        _isReleased = true;
        _cache.LetGo(_segment);
    }
}
