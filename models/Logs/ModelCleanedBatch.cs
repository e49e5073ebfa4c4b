using System.Linq;

namespace Testbed.Models.Logs;

/// <summary>What a batch is that compaction has left, whole, in part or as a header.</summary>
internal static class ModelCleanedBatch
{
    /// <summary>Which of its records may be there is judged by others.</summary>
    public static string? Problem(
        ModelBatch batch, ModelBatch left, ModelRecordFate fate, ModelCleaning cleaning)
    {
        if (left.EndOffset != batch.EndOffset
            || left.Epoch != batch.Epoch
            || left.Stamp != batch.Stamp
            || left.IsControl != batch.IsControl)
        {
            return $"{left} is not the batch {batch}";
        }
        if (left.Records.FirstOrDefault(record => !batch.Records.Contains(record)) is { } unknown)
        {
            return $"{unknown} was not there before";
        }
        if (left.Records.Count > 0 && left.Marker != batch.Marker)
        {
            return $"the marker at {batch.BaseOffset} has become {left.Marker}";
        }
        var horizonMs = HorizonOf(batch, left, fate, cleaning);
        if (left.HorizonMs != horizonMs)
        {
            return $"the delete horizon of the batch at {batch.BaseOffset} is {left.HorizonMs}, "
                + $"not {horizonMs}";
        }
        var isWhole = left.Records.Count == batch.Records.Count && left.HorizonMs == batch.HorizonMs;
        var latestMs = isWhole || left.Records.Count == 0
            ? batch.MaxTimestampMs
            : left.Records.Max(static record => record.TimestampMs);
        return left.MaxTimestampMs == latestMs
            ? null
            : $"the batch at {batch.BaseOffset} is of {left.MaxTimestampMs}, not {latestMs}";
    }

    /// <summary>It begins once, when a compaction meets a tombstone or a marker without records.</summary>
    private static long? HorizonOf(
        ModelBatch batch, ModelBatch left, ModelRecordFate fate, ModelCleaning cleaning)
    {
        if (left.Records.Count == 0)
        {
            return null;
        }
        var begins = batch.IsControl
            ? fate.IsSettled(batch)
            : left.Records.Any(static record => record.Value is null);
        return batch.HorizonMs ?? (begins ? cleaning.NowMs + cleaning.DeleteRetentionMs : null);
    }
}
