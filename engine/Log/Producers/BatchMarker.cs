using System;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>What a control batch says about its producer's transaction (KIP-98).</summary>
/// <param name="Type">Commit or Abort.</param>
/// <param name="CoordinatorEpoch">Leader epoch of the coordinator that wrote it.</param>
public readonly record struct BatchMarker(ControlRecordType Type, int CoordinatorEpoch)
{
    /// <summary>
    /// Reads the marker of a whole batch. False when the batch ends no transaction: it is no control batch,
    /// or one of another kind, or its marker has been compacted away and only the header is left.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> batch, out BatchMarker marker)
    {
        marker = default;
        if (BatchFrame.Of(batch) != new BatchFrame(BatchFraming.Whole, batch.Length))
        {
            return false;
        }
        var whole = new RecordBatch(batch);
        if (!whole.Attributes.IsControl || whole.Attributes.CodecId != 0)
        {
            return false;
        }
        var records = new RecordReader(whole.Body, whole.RecordsCount);
        return records.TryRead(out var record) && TryRead(record, out marker);
    }

    private static bool TryRead(in RecordView record, out BatchMarker marker)
    {
        marker = default;
        if (!ControlRecordKey.TryRead(record.Key, out var key)
            || key.Type is not (ControlRecordType.Commit or ControlRecordType.Abort)
            || !EndTransactionMarker.TryRead(record.Value, out var end))
        {
            return false;
        }
        marker = new BatchMarker(key.Type.Value, end.CoordinatorEpoch);
        return true;
    }
}
