using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>The log whose segments compaction replaces.</summary>
public interface ISegmentSwapper
{
    /// <summary>
    /// Asked just before the point of no return: whether all these segments are still in the log, next to one
    /// another and unchanged. From yes on nothing deletes, truncates or closes them until
    /// <see cref="Replace"/> has completed (KAFKA-7278).
    /// </summary>
    bool TryClaim(IReadOnlyList<Offset> oldBases);

    /// <summary>
    /// The cleaned segment is committed: its files have the suffix `.swap`. Takes it into use in the old
    /// ones' place; <see cref="SegmentSwap.Complete"/> are the steps, in the only order that survives a power
    /// cut. Anything but Ok takes the log offline until it is opened again.
    /// </summary>
    EngineTask<IoStatus> Replace(IReadOnlyList<Offset> oldBases, CleanedSegment cleaned);
}
