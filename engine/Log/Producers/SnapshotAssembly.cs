using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Puts together what the two parts of a snapshot say of each producer.</summary>
internal sealed class SnapshotAssembly
{
    private readonly List<SnapshotRow> _rows;
    private readonly Offset _end;
    private readonly Dictionary<long, List<RecentBatch>> _more = [];    // by producer id, oldest first

    public SnapshotAssembly(List<SnapshotRow> rows, Offset end)
    {
        _rows = rows;
        _end = end;
        IsConsistent = true;
        var begins = new HashSet<long>();
        foreach (var row in rows)
        {
            IsConsistent &= _more.TryAdd(row.ProducerId, []);
            IsConsistent &= row.TransactionStart < 0 || begins.Add(row.TransactionStart);
        }
    }

    /// <summary>No producer is there twice, and no two open transactions begin together.</summary>
    public bool IsConsistent { get; }

    /// <summary>
    /// Takes a batch of the second part. False when there is no such producer, or the batch cannot be one of
    /// its five: they come oldest first, one behind the other, below the snapshot's offset.
    /// </summary>
    public bool TryAdd(in SnapshotBatchRow row)
    {
        var batch = row.Batch;
        if (!_more.TryGetValue(row.Id.Value, out var known)
            || known.Count == ProducerState.WindowBatches
            || batch.BaseOffset < (known.Count == 0 ? Offset.Zero : known[^1].EndOffset)
            || batch.EndOffset <= batch.BaseOffset
            || batch.EndOffset > _end)
        {
            return false;
        }
        known.Add(batch);
        return true;
    }

    public List<ProducerSnapshotEntry> Entries()
    {
        var entries = new List<ProducerSnapshotEntry>(_rows.Count);
        foreach (var row in _rows)
        {
            var batches = _more[row.ProducerId];
            if (row.HasBatch && (batches.Count == 0 || batches[^1].EndOffset.Value - 1 < row.LastOffset))
            {
                batches.Add(row.LastBatch());
            }
            entries.Add(new ProducerSnapshotEntry(
                new ProducerId(row.ProducerId),
                row.Epoch,
                row.CoordinatorEpoch,
                row.TransactionStart < 0 ? null : new Offset(row.TransactionStart),
                row.TimestampMs,
                batches));
        }
        return entries;
    }
}
