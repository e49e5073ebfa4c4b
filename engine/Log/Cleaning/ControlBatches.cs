using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>What kind of control batch compaction has come to.</summary>
internal static class ControlBatches
{
    /// <summary>
    /// The kind of its record. One that is of no known kind, or cannot be read, is Other: such a batch is
    /// kept.
    /// </summary>
    public static ControlBatchKind KindOf(RecordBatch batch, ByteBuffer scratch)
    {
        if (batch.RecordsCount == 0)
        {
            return ControlBatchKind.Emptied;
        }
        var status = RecordBody.Open(batch, scratch, Limits.UncompressedMaxBytes, out var records);
        if (status != DecompressStatus.Ok)
        {
            return ControlBatchKind.Other;
        }
        var reader = new RecordReader(records, batch.RecordsCount);
        if (!reader.TryRead(out var record) || !ControlRecordKey.TryRead(record.Key, out var key))
        {
            return ControlBatchKind.Other;
        }
        return key.Type switch
        {
            ControlRecordType.Commit => ControlBatchKind.Commit,
            ControlRecordType.Abort => ControlBatchKind.Abort,
            _ => ControlBatchKind.Other,
        };
    }
}
