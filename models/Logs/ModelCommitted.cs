using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// A reader of committed records, who is told which transactions were aborted and passes over their data
/// until it meets their markers (KIP-98).
/// </summary>
public static class ModelCommitted
{
    /// <summary>What is wrong with a list of aborted transactions for a read of [from, end).</summary>
    public static string? Problem(
        IReadOnlyList<ModelBatch> batches,
        ModelHistory history,
        Offset from,
        Offset end,
        IEnumerable<(ProducerId Id, Offset First)> aborted)
    {
        var waiting = aborted.OrderBy(static one => one.First).ToList();
        var passedOver = new SortedSet<long>();
        foreach (var batch in batches.Where(batch => batch.EndOffset > from && batch.BaseOffset < end))
        {
            foreach (var begun in waiting.Where(one => one.First < batch.EndOffset))
            {
                passedOver.Add(begun.Id.Value);
            }
            waiting.RemoveAll(one => one.First < batch.EndOffset);
            if (batch.Marker is { IsAbort: true })
            {
                passedOver.Remove(batch.Stamp!.Id.Value);
            }
            if (batch.Records.Count == 0 || !batch.IsTransactionData)
            {
                continue;
            }
            var isPassedOver = passedOver.Contains(batch.Stamp!.Id.Value);
            if (isPassedOver != history.IsAborted(batch))
            {
                return $"a reader of {from} to {end} {(isPassedOver ? "passes over" : "is given")} the batch "
                    + $"at {batch.BaseOffset} of producer {batch.Stamp.Id}";
            }
        }
        return null;
    }
}
