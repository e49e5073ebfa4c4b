using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Transactions that a marker has ended while the marker is not below the high watermark yet: a new leader
/// may not have it, so their records are not stable. Markers come in ascending order.
/// </summary>
internal sealed class UndecidedTransactions
{
    private readonly Queue<CompletedTransaction> _byMarker = new();
    private readonly SortedSet<long> _firsts = [];    // of the same transactions

    /// <summary>First offset of the oldest one.</summary>
    public Offset? First => _firsts.Count == 0 ? null : new Offset(_firsts.Min);

    public void Add(in CompletedTransaction completed)
    {
        var isNew = _firsts.Add(completed.First.Value);
        Invariant.Assert(isNew);
        _byMarker.Enqueue(completed);
    }

    /// <summary>Forgets those whose marker is below the high watermark.</summary>
    public void OnHighWatermark(Offset highWatermark)
    {
        while (_byMarker.TryPeek(out var oldest) && oldest.Last < highWatermark)
        {
            _byMarker.Dequeue();
            _firsts.Remove(oldest.First.Value);
        }
        Invariant.Assert(_firsts.Count == _byMarker.Count);
    }
}
