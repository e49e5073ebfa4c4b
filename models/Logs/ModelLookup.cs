using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>Finding records by looking at all of them.</summary>
public static class ModelLookup
{
    /// <summary>The first record of [start, bound) that is at least as late.</summary>
    public static ModelRecord? FirstFrom(
        IReadOnlyList<ModelBatch> batches, long timestampMs, Offset start, Offset bound) =>
        Records(batches, start, bound).FirstOrDefault(record => record.TimestampMs >= timestampMs);

    /// <summary>The first of the latest records of [start, bound).</summary>
    public static ModelRecord? Latest(IReadOnlyList<ModelBatch> batches, Offset start, Offset bound) =>
        Records(batches, start, bound).MaxBy(record => record.TimestampMs);

    private static IEnumerable<ModelRecord> Records(
        IReadOnlyList<ModelBatch> batches, Offset start, Offset bound) => batches
        .SelectMany(static batch => batch.Records.Select(
            record => new ModelRecord(record.Offset, record.TimestampMs, batch.Epoch)))
        .Where(record => record.Offset >= start && record.Offset < bound);
}
