using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// What must become of each record of a log that is compacted (KIP-58, KIP-98, KIP-534): for every one, all
/// others are asked.
/// </summary>
/// <param name="before">What is left of the log when the compaction begins.</param>
/// <param name="history">How transactions have ended.</param>
/// <param name="cleaning">What the compaction is told.</param>
/// <param name="mappedEnd">How far it has come.</param>
internal sealed class ModelRecordFate(
    IReadOnlyList<ModelBatch> before, ModelHistory history, ModelCleaning cleaning, Offset mappedEnd)
{
    public ModelFate Of(ModelBatch batch, ModelEntry record)
    {
        if (batch.IsControl)
        {
            return IsSettled(batch) && cleaning.MayRemove(record.Offset, batch.HorizonMs)
                ? ModelFate.Goes
                : ModelFate.Stays;
        }
        if (history.IsAborted(batch))
        {
            return ModelFate.Goes;
        }
        if (record.Offset >= mappedEnd)
        {
            return ModelFate.Stays;
        }
        if (record.Key is null || IsSuperseded(record, cleaning.FirstDirty, mappedEnd))
        {
            return ModelFate.Goes;
        }
        // Of the batch that had too many keys, some are known.
        if (IsSuperseded(record, Offset.Zero, cleaning.Bound))
        {
            return ModelFate.Either;
        }
        return record.IsTombstone && cleaning.MayRemove(record.Offset, batch.HorizonMs)
            ? ModelFate.Goes
            : ModelFate.Stays;
    }

    /// <summary>A marker of a transaction of which nothing is left.</summary>
    public bool IsSettled(ModelBatch marker)
    {
        var last = history.MarkerBefore(marker)?.BaseOffset ?? Offset.None;
        return !before.Any(batch => batch.IsTransactionData
            && batch.IsOf(marker.Stamp!.Id)
            && batch.BaseOffset > last
            && batch.BaseOffset < marker.BaseOffset);
    }

    private bool IsSuperseded(ModelEntry record, Offset from, Offset end) => before.Any(batch =>
        batch.EndOffset > record.Offset
        && batch.Records.Any(other => other.Key == record.Key
            && other.Offset > record.Offset
            && other.Offset >= from
            && other.Offset < end)
        && history.IsCommitted(batch));
}
