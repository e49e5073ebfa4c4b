using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Whether compaction keeps a record (KIP-58): the newest one of each key, of those it has looked at. A
/// tombstone that is the newest goes once its horizon is over (KIP-534).
/// </summary>
/// <remarks>
/// <code>
/// at or above the mapped end     kept: nothing is known yet of newer ones
/// without a key                  removed
/// a newer one with its key       removed
/// a value                        kept
/// a tombstone                    kept until its horizon is over and all replicas are known to have passed it
/// </code>
/// </remarks>
public static class RecordRetention
{
    /// <param name="record">A record that was committed, or is of no transaction.</param>
    /// <param name="mappedEnd">Exclusive end of the offsets whose keys are known.</param>
    /// <param name="rule">What tombstones may go.</param>
    public static bool ShouldRetain(in CleanedRecord record, Offset mappedEnd, in RemovalRule rule)
    {
        if (record.Offset >= mappedEnd)
        {
            return true;
        }
        if (!record.HasKey || record.NewestForKey > record.Offset)
        {
            return false;
        }
        return record.HasValue || !rule.MayRemove(record.Offset, record.DeleteHorizonMs);
    }
}
