using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Collects the aborted transactions of a range of offsets from the segments' indexes.</summary>
internal sealed class AbortedSearch(LogStore store, SegmentLoader loader)
{
    /// <summary>
    /// A transaction's marker, which has its entry, lies behind its records: so segments are looked through
    /// from the range's beginning until an entry says that nothing before the range's end was open any more.
    /// Null when an index cannot be read.
    /// </summary>
    public async EngineTask<List<AbortedTransaction>?> Find(Offset from, Offset end)
    {
        var found = new List<AbortedTransaction>();
        var segment = store.SegmentOf(from);
        var isComplete = false;
        while (segment is not null && !isComplete)
        {
            var hold = new SegmentHold(store.Cache, segment);
            var status = await loader.LoadProven(segment);
            if (status == IoStatus.Ok)
            {
                segment.Aborted!.Collect(from, end, found, out isComplete);
            }
            hold.Release();
            if (status != IoStatus.Ok)
            {
                return null;
            }
            segment = store.SegmentOf(segment.EndOffset);
        }
        return found;
    }
}
