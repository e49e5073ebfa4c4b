using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Testbed.Wire.Records;

namespace Testbed.Client;

/// <summary>
/// What one fetch has brought of one partition, decoded batch by batch as it is asked for. Control batches
/// and aborted transactions are passed over. A batch cut off at the end is left for the next fetch: a broker
/// sends the first batch of an answer whole, and what has been read does not stand before it then.
/// </summary>
internal sealed class FetchedBytes
{
    private readonly BatchDecoder _decoder;
    private readonly AbortedTransactions? _aborted;    // null: aborted records are seen
    private ReadOnlyMemory<byte> _rest;

    public FetchedBytes(FetchResponsePartitionData data, IsolationLevel isolation, BatchDecoder decoder)
    {
        _rest = data.Records.Memory;
        _decoder = decoder;
        _aborted = isolation == IsolationLevel.ReadCommitted
            ? new AbortedTransactions(data.AbortedTransactions)
            : null;
        HighWatermark = new Offset(data.HighWatermark);
    }

    public Offset HighWatermark { get; }

    public bool IsEmpty => _rest.IsEmpty;

    /// <summary>
    /// Decodes the next batch, appends its records from <paramref name="position"/> on and moves the position
    /// behind the batch. After an error position and rest are as they were.
    /// </summary>
    public ErrorCode DecodeNext(ref Offset position, List<ConsumedRecord> into)
    {
        var frame = BatchFrame.Of(_rest.Span);
        if (frame.Framing == BatchFraming.Partial)
        {
            _rest = default;
            return ErrorCode.None;
        }
        if (frame.Framing != BatchFraming.Whole)
        {
            return frame.Framing == BatchFraming.Legacy
                ? ErrorCode.UnsupportedForMessageFormat
                : ErrorCode.CorruptMessage;
        }
        var bytes = _rest[..(int)frame.SizeBytes];
        var batch = new RecordBatch(bytes.Span);
        if (!batch.IsCrcValid)
        {
            return ErrorCode.CorruptMessage;
        }
        var end = new Offset(batch.LastOffset) + 1;
        if (end > position)
        {
            var error = Decode(batch, bytes, position, into);
            if (error != ErrorCode.None)
            {
                return error;
            }
            position = end;
        }
        _rest = _rest[bytes.Length..];
        return ErrorCode.None;
    }

    private ErrorCode Decode(
        in RecordBatch batch, ReadOnlyMemory<byte> bytes, Offset position, List<ConsumedRecord> into)
    {
        var isHidden = _aborted is not null && _aborted.Hides(batch);
        if (!batch.Attributes.IsControl)
        {
            return isHidden ? ErrorCode.None : _decoder.Decode(bytes, position, into);
        }
        var reader = new RecordReader(batch.Body, batch.RecordsCount);
        if (isHidden
            && reader.TryRead(out var marker)
            && ControlRecordKey.TryRead(marker.Key, out var key)
            && key.Type == ControlRecordType.Abort)
        {
            _aborted!.OnAborted(batch.ProducerId);
        }
        return ErrorCode.None;
    }
}
