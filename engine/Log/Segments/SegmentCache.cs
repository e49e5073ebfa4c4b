using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Segments of all logs of one log directory that are open though nobody holds them just now. There are only
/// so many descriptors, and so much memory for indexes: the longest unused give way.
/// </summary>
internal sealed class SegmentCache(IDisk disk)
{
    private readonly LinkedList<Segment> _idle = new();    // longest unused first
    private long _idleIndexBytes;

    /// <summary>Segments that are open and held by nobody.</summary>
    public int IdleCount => _idle.Count;

    /// <summary>One more needs the segment's file. It may have to be loaded first.</summary>
    public void Hold(Segment segment)
    {
        segment.Holders++;
        if (segment.IdlePlace is not null)
        {
            TakeOut(segment);
        }
    }

    public void LetGo(Segment segment)
    {
        Invariant.Assert(segment.Holders > 0);
        segment.Holders--;
        if (segment.Holders > 0 || segment.File is null)
        {
            return;
        }
        if (segment.IsRetired)
        {
            Close(segment);
            return;
        }
        segment.IdlePlace = _idle.AddLast(segment);
        _idleIndexBytes += segment.IndexBytes;
        while (_idle.Count > Limits.IdleSegments || _idleIndexBytes > Limits.IdleIndexMaxBytes)
        {
            var longest = _idle.First!.Value;
            TakeOut(longest);
            Close(longest);
        }
    }

    /// <summary>The segment is no longer part of its log.</summary>
    public void Retire(Segment segment)
    {
        segment.IsRetired = true;
        if (segment.IdlePlace is not null)
        {
            TakeOut(segment);
        }
        if (segment.Holders == 0 && segment.File is not null)
        {
            Close(segment);
        }
    }

    private void TakeOut(Segment segment)
    {
        _idle.Remove(segment.IdlePlace!);
        segment.IdlePlace = null;
        _idleIndexBytes -= segment.IndexBytes;
    }

    private void Close(Segment segment)
    {
        disk.Close(segment.File!);
        segment.Unload();
    }
}
