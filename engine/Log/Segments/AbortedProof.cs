using System;

namespace Testbed.Log;

/// <summary>
/// Whether the aborted transactions that a segment's file tells are those that its batches tell.
/// </summary>
/// <param name="isExact">
/// False where compaction may have taken records away: the file may then tell more than the batches do.
/// </param>
internal sealed class AbortedProof(bool isExact)
{
    public bool Holds(AbortedTransactionIndex told, AbortedTransactionIndex found) =>
        told.Bytes.Span.SequenceEqual(found.Bytes.Span) || (!isExact && Covers(told, found));

    /// <summary>Both ascend by the offsets of their markers.</summary>
    private static bool Covers(AbortedTransactionIndex told, AbortedTransactionIndex found)
    {
        var next = 0;
        for (var i = 0; i < found.Count; i++)
        {
            var wanted = found.At(i);
            while (next < told.Count && told.At(next).Last < wanted.Last)
            {
                next++;
            }
            if (next == told.Count || !IsAsWide(told.At(next), wanted))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsAsWide(in AbortedTransaction told, in AbortedTransaction found) =>
        told.ProducerId == found.ProducerId
        && told.Last == found.Last
        && told.First <= found.First
        && told.LastStable <= found.LastStable;
}
