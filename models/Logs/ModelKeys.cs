using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>What a log says to somebody who keeps the last committed value of each key.</summary>
public static class ModelKeys
{
    /// <summary>A key whose last record is a tombstone is not there.</summary>
    public static SortedDictionary<string, ModelEntry> Of(
        IEnumerable<ModelBatch> batches, ModelHistory history, Offset start)
    {
        var keys = new SortedDictionary<string, ModelEntry>(System.StringComparer.Ordinal);
        foreach (var record in batches.Where(history.IsCommitted).SelectMany(static batch => batch.Records))
        {
            if (record.Key is null || record.Offset < start)
            {
                continue;
            }
            if (record.IsTombstone)
            {
                keys.Remove(record.Key);
            }
            else
            {
                keys[record.Key] = record;
            }
        }
        return keys;
    }
}
