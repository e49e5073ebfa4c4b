using System.Collections.Generic;
using Testbed.Wire.Messages;
using Testbed.Wire.Records;

namespace Testbed.Client;

/// <summary>
/// Tells which batches of a fetched range belong to aborted transactions: from the first offset of a
/// transaction in the broker's list on, all transactional batches of its producer, up to the abort marker.
/// </summary>
internal sealed class AbortedTransactions
{
    private readonly Queue<FetchResponseAbortedTransaction> _toCome;    // by first offset
    private readonly HashSet<long> _open = [];    // producers inside an aborted transaction

    public AbortedTransactions(List<FetchResponseAbortedTransaction>? told)
    {
        var sorted = new List<FetchResponseAbortedTransaction>(told ?? []);
        sorted.Sort((left, right) => left.FirstOffset != right.FirstOffset
            ? left.FirstOffset.CompareTo(right.FirstOffset)
            : left.ProducerId.CompareTo(right.ProducerId));
        _toCome = new Queue<FetchResponseAbortedTransaction>(sorted);
    }

    /// <summary>Takes the batches in order. True when the records of this one must not be seen.</summary>
    public bool Hides(in RecordBatch batch)
    {
        while (_toCome.TryPeek(out var next) && next.FirstOffset <= batch.LastOffset)
        {
            _open.Add(next.ProducerId);
            _toCome.Dequeue();
        }
        return batch.Attributes.IsTransactional && _open.Contains(batch.ProducerId);
    }

    /// <summary>A marker has ended the producer's transaction.</summary>
    public void OnAborted(long producerId) => _open.Remove(producerId);
}
