using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Takes the batches of a group of segments and appends what compaction leaves of them to the segment that is
/// made. Owns what is counted about the group; the transactions walk on from group to group.
/// </summary>
internal sealed class GroupFilter(
    IShard shard, CleanTask task, OffsetMap map, CleanedTransactions transactions, CleanSettings settings)
    : IBatchTaker
{
    private readonly BatchFilter _filter = new(shard.Buffers, map, task.Removal, settings.DeleteRetentionMs);
    private readonly ByteBuffer _scratch = new(shard.Buffers);
    private CleanedWriter _output = null!;    // set by Begin
    private bool _isLastSource;

    public bool IsDone => false;

    public int WorkBytes => _filter.WorkBytes;

    /// <summary>What has been removed of the group at hand.</summary>
    public CleanTotals Totals { get; private set; } = new();

    /// <summary>Whether any batch of the group has gone or is another now.</summary>
    public bool HasChanged { get; private set; }

    /// <summary>A group begins.</summary>
    public void Begin(CleanedWriter output)
    {
        _output = output;
        Totals = new CleanTotals();
        HasChanged = false;
    }

    /// <summary>
    /// A segment of the group begins; <paramref name="isLast"/>: no batch comes after its own.
    /// </summary>
    public void BeginSource(CleanSource source, bool isLast)
    {
        _isLastSource = isLast;
        Totals.BytesBefore += source.SizeBytes;
    }

    public CleanFailure? Take(RecordBatch batch, bool isLast)
    {
        ControlBatchKind? kind =
            batch.Attributes.IsControl ? ControlBatches.KindOf(batch, _scratch) : null;
        var ended = kind is ControlBatchKind.Commit or ControlBatchKind.Abort
            ? transactions.OnMarker(new ProducerId(batch.ProducerId), new Offset(batch.LastOffset))
            : default;
        var facts = new CleanedBatch(
            new Offset(batch.LastOffset),
            batch.Attributes.IsControl,
            IsSettled(batch, kind, ended),
            task.Producers.IsLastBatch(batch),
            isLast && _isLastSource,
            batch.DeleteHorizonMs);
        var keeping = BatchRetention.Of(facts, task.Removal);
        var filtered = _filter.Filter(batch, keeping);
        if (filtered.Kind == FilteredKind.Unreadable)
        {
            return CleanFailure.Of(filtered.Status, filtered.Problem!);
        }
        Count(batch, keeping, filtered);
        if (keeping.KeepsRecords && ended is { HasRecords: true, Aborted: { } aborted }
            && aborted.Last.Value == batch.LastOffset)
        {
            _output.AddAborted(aborted);
        }
        return Append(batch, filtered);
    }

    public void Release()
    {
        _filter.Release();
        _scratch.Release();
    }

    /// <summary>Data of an aborted transaction, or a marker that nothing needs but those who lag.</summary>
    private bool IsSettled(RecordBatch batch, ControlBatchKind? kind, EndedTransaction ended) => kind switch
    {
        null => batch.Attributes.IsTransactional
            && transactions.OnData(new ProducerId(batch.ProducerId), new Offset(batch.LastOffset)),
        ControlBatchKind.Emptied => true,
        ControlBatchKind.Other => false,
        _ => !ended.HasRecords,
    };

    private CleanFailure? Append(RecordBatch batch, in FilteredBatch filtered)
    {
        switch (filtered.Kind)
        {
            case FilteredKind.Dropped:
                HasChanged = true;
                return null;
            case FilteredKind.Rebuilt:
                HasChanged = true;
                var failure = _output.Append(new RecordBatch(filtered.Bytes.Span));
                filtered.Bytes.Release();
                return failure;
            default:
                return _output.Append(batch);
        }
    }

    private void Count(RecordBatch batch, in BatchKeeping keeping, in FilteredBatch filtered)
    {
        var isMarkerRemoved = batch.Attributes.IsControl && filtered.RemovedCount > 0;
        Totals.RecordsRemoved += filtered.RemovedCount;
        Totals.TombstonesRemoved += _filter.RemovedTombstones.Count;
        Totals.MarkersRemoved += isMarkerRemoved ? 1 : 0;
        if (filtered.Kind == FilteredKind.Rebuilt && filtered.RemovedCount == batch.RecordsCount)
        {
            shard.Trace.Mark("batch-emptied-by-cleaning");
        }
        if (keeping.StartsHorizon && filtered.Kind == FilteredKind.Rebuilt)
        {
            shard.Trace.Mark("marker-gets-its-delete-horizon");
        }
        if (shard.Trace.IsListening)
        {
            Totals.Tombstones.AddRange(_filter.RemovedTombstones);
            if (isMarkerRemoved)
            {
                Totals.Markers.Add(
                    new RemovedMarker(new ProducerId(batch.ProducerId), new Offset(batch.LastOffset)));
            }
        }
    }
}
