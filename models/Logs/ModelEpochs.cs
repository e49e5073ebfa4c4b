using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>Where the leader epochs of a log begin, as its batches say (KIP-101).</summary>
public static class ModelEpochs
{
    /// <summary>
    /// Of the records from <paramref name="start"/> on: an epoch begins at its first record, or where the log
    /// begins. An epoch that was won at the end without appending comes last (KAFKA-7415).
    /// </summary>
    public static List<(LeaderEpoch Epoch, Offset Start)> Of(
        IReadOnlyList<ModelBatch> batches, Offset start, Offset end, LeaderEpoch election)
    {
        var epochs = new List<(LeaderEpoch Epoch, Offset Start)>();
        foreach (var batch in batches)
        {
            if (batch.EndOffset > start && (epochs.Count == 0 || epochs[^1].Epoch != batch.Epoch))
            {
                epochs.Add((batch.Epoch, Offset.Max(batch.BaseOffset, start)));
            }
        }
        if (election != LeaderEpoch.None)
        {
            epochs.Add((election, end));
        }
        return epochs;
    }
}
