using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Walks a log with compaction, batch by batch, and knows which producers' data are aborted at this point and
/// which transactions still have data (KIP-98).
/// </summary>
/// <remarks>
/// The walk only ever sees decided transactions: data that is not aborted is committed. It is handed the
/// aborted ones of all segments whose records it may meet, also those whose marker lies beyond: of a
/// transaction that a bound cuts in two, the data below is as aborted as the rest (KAFKA-13727).
/// </remarks>
public sealed class CleanedTransactions
{
    private readonly List<AbortedTransaction> _aborted;                  // by first offset
    private readonly Dictionary<long, EndedTransaction> _open = [];      // by producer id: not ended here yet
    private int _begun;                                                  // of _aborted, those below the walk

    public CleanedTransactions(IReadOnlyList<AbortedTransaction> aborted)
    {
        _aborted = [.. aborted];
        _aborted.Sort(static (left, right) =>
        {
            var byFirst = left.First.CompareTo(right.First);
            return byFirst != 0 ? byFirst : left.Last.CompareTo(right.Last);
        });
    }

    /// <summary>
    /// A transactional data batch comes, its last offset being <paramref name="last"/>. True when its
    /// transaction was aborted.
    /// </summary>
    public bool OnData(ProducerId producer, Offset last)
    {
        BeginUpTo(last);
        _open.TryGetValue(producer.Value, out var open);
        var aborted = open.Aborted;
        if (aborted is { } before && before.Last <= last)
        {
            // Its marker has gone: this is data of a later transaction.
            aborted = null;
        }
        _open[producer.Value] = new EndedTransaction(true, aborted);
        return aborted is not null;
    }

    /// <summary>A commit or abort marker comes: tells of the transaction that ends with it.</summary>
    public EndedTransaction OnMarker(ProducerId producer, Offset offset)
    {
        BeginUpTo(offset);
        _open.Remove(producer.Value, out var ended);
        return ended;
    }

    private void BeginUpTo(Offset last)
    {
        while (_begun < _aborted.Count && _aborted[_begun].First <= last)
        {
            var begun = _aborted[_begun++];
            _open[begun.ProducerId.Value] = new EndedTransaction(false, begun);
        }
    }
}
