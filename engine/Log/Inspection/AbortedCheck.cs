using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Compares a segment's index of aborted transactions with the abort markers in it. Where replaying tells
/// everything both must be the same; elsewhere a transaction that is in both must be the same one.
/// </summary>
/// <param name="file">The index's name.</param>
/// <param name="isExact">Whether replaying tells everything.</param>
/// <param name="mayLackTail">Whether the newest entries may not have been written yet.</param>
/// <param name="end">Of the batches read: entries beyond are of batches that came later.</param>
/// <param name="findings">Gets what is found.</param>
internal sealed class AbortedCheck(
    string file, bool isExact, bool mayLackTail, Offset end, FindingList findings)
{
    public void Compare(
        Offset segmentBase, ReadOnlyMemory<byte>? bytes, IReadOnlyList<AbortedTransaction> replayed)
    {
        var index = AbortedTransactionIndex.TryParse(segmentBase, bytes ?? default, out var problem);
        if (index is null)
        {
            findings.Problem(file, problem);
            return;
        }
        var next = 0;
        for (var i = 0; i < index.Count && index.At(i).Last < end; i++)
        {
            var entry = index.At(i);
            while (next < replayed.Count && replayed[next].Last < entry.Last)
            {
                TellLacking(replayed[next]);
                next++;
            }
            if (next < replayed.Count && replayed[next].Last == entry.Last)
            {
                CompareOne(i, entry, replayed[next]);
                next++;
            }
            else if (isExact)
            {
                findings.Problem(file, $"entry {i} ends at {entry.Last}, where the log has no abort marker");
            }
        }
        for (; next < replayed.Count && !mayLackTail; next++)
        {
            TellLacking(replayed[next]);
        }
    }

    private void CompareOne(int number, in AbortedTransaction entry, in AbortedTransaction replayed)
    {
        var isSame = isExact
            ? entry == replayed
            : entry.ProducerId == replayed.ProducerId && entry.First <= replayed.First;
        if (!isSame)
        {
            findings.Problem(file, $"entry {number} is {Said(entry)}; the log has {Said(replayed)}");
        }
    }

    private void TellLacking(in AbortedTransaction replayed)
    {
        if (isExact)
        {
            findings.Problem(file, $"lacks {Said(replayed)}");
        }
    }

    private static string Said(in AbortedTransaction transaction) =>
        $"producer {transaction.ProducerId} from {transaction.First} to {transaction.Last}, "
        + $"stable below {transaction.LastStable}";
}
