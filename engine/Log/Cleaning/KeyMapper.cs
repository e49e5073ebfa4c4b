using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Puts the keys of the dirty part of a log into the map: of all records but those of aborted transactions,
/// so that no committed value gives way to an aborted one.
/// </summary>
internal sealed class KeyMapper(
    IBuffers buffers, OffsetMap map, CleanedTransactions transactions, Offset firstDirty) : IBatchTaker
{
    private readonly ByteBuffer _unpacked = new(buffers);

    /// <summary>
    /// True once a key has found no room: the keys from its batch on are not all in the map.
    /// </summary>
    public bool IsDone { get; private set; }

    public int WorkBytes { get; private set; }

    public CleanFailure? Take(RecordBatch batch, bool isLast)
    {
        WorkBytes = batch.SizeInBytes;
        var producer = new ProducerId(batch.ProducerId);
        var last = new Offset(batch.LastOffset);
        if (batch.Attributes.IsControl)
        {
            if (ControlBatches.KindOf(batch, _unpacked) is ControlBatchKind.Commit or ControlBatchKind.Abort)
            {
                transactions.OnMarker(producer, last);
            }
        }
        else
        {
            var isAborted = batch.Attributes.IsTransactional && transactions.OnData(producer, last);
            if (!isAborted && last >= firstDirty && Map(batch) is { } problem)
            {
                return problem;
            }
        }
        if (!IsDone && last >= firstDirty)
        {
            map.MoveMappedEnd(last + 1);
        }
        return null;
    }

    public void Release() => _unpacked.Release();

    private CleanFailure? Map(RecordBatch batch)
    {
        var status = RecordBody.Open(batch, _unpacked, Limits.UncompressedMaxBytes, out var records);
        if (status != DecompressStatus.Ok)
        {
            return RecordProblem.FailureOf(status);
        }
        WorkBytes += records.Length;
        var reader = new RecordReader(records, batch.RecordsCount);
        var offsetBefore = new Offset(batch.BaseOffset) - 1;
        while (reader.TryRead(out var record))
        {
            var offset = new Offset(batch.OffsetOf(record));
            if (offset <= offsetBefore || offset.Value > batch.LastOffset)
            {
                return CleanFailure.Of(CleanStatus.Damaged, RecordProblem.OfOffsets);
            }
            offsetBefore = offset;
            if (!record.Key.IsNull && offset >= firstDirty && !map.TryPut(record.Key.Bytes, offset))
            {
                IsDone = true;
                return null;
            }
        }
        return reader.Fault == RecordFault.None
            ? null
            : CleanFailure.Of(CleanStatus.Damaged, RecordProblem.Of(reader.Fault));
    }
}
