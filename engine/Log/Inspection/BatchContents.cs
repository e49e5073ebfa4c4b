using System;
using Testbed.Compression;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Whether the records of a batch with the right checksum are what its header says: unpacked and read one by
/// one, as a consumer does.
/// </summary>
public static class BatchContents
{
    /// <summary>Most bytes that a packed batch may unpack to here.</summary>
    private const int UnpackedMaxBytes = BatchWalk.WindowMaxBytes;

    /// <summary>The first thing that is wrong, for people; empty when nothing is.</summary>
    /// <param name="batch">Stored, so that it has an offset.</param>
    /// <param name="scratch">Cleared and used for what is unpacked.</param>
    public static string Flaw(RecordBatch batch, ByteBuffer scratch)
    {
        var status = RecordBody.Open(batch, scratch, UnpackedMaxBytes, out var body);
        return status switch
        {
            DecompressStatus.Ok => FlawOf(batch, body),
            DecompressStatus.Corrupt => "the packed records are damaged",
            DecompressStatus.TooLarge => $"the records unpack to more than {UnpackedMaxBytes} bytes",
            _ => $"codec {batch.Attributes.CodecId} is not known here",
        };
    }

    private static string FlawOf(RecordBatch batch, ReadOnlySpan<byte> body)
    {
        var records = new RecordReader(body, batch.RecordsCount);
        var lastDelta = -1;
        while (records.TryRead(out var record))
        {
            if (record.OffsetDelta <= lastDelta || record.OffsetDelta > batch.LastOffsetDelta)
            {
                return $"record {records.ReadCount - 1} has offset {batch.OffsetOf(record)} after "
                    + $"{batch.BaseOffset + lastDelta} in a batch that ends at {batch.LastOffset}";
            }
            if (batch.Attributes.IsControl && !ControlRecordKey.TryRead(record.Key, out _))
            {
                return $"the control record at {batch.OffsetOf(record)} has no type";
            }
            lastDelta = record.OffsetDelta;
        }
        if (records.Fault != RecordFault.None)
        {
            return $"record {records.ReadCount} of {batch.RecordsCount} cannot be read: {records.Fault}";
        }
        return batch.Attributes.IsControl && batch.HasProducerId && batch.RecordsCount > 1
            ? $"a producer's control batch has {batch.RecordsCount} records"
            : "";
    }
}
