using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;
using Testbed.Wire.Records;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Reads the bytes of a segment as the model speaks of them.</summary>
internal static class StoredBatches
{
    /// <exception cref="LogPromiseBrokenException">They are not sound batches.</exception>
    public static List<ModelBatch> Read(IBuffers buffers, byte[] bytes)
    {
        var batches = new List<ModelBatch>();
        var reader = new RecordBatchReader(bytes);
        while (reader.TryRead(out var batch))
        {
            batches.Add(Read(buffers, batch));
        }
        return reader.Rest.IsEmpty
            ? batches
            : throw new LogPromiseBrokenException($"a segment ends with {reader.Rest.Length} strange bytes");
    }

    /// <summary>Equal for equal bytes, and short; null for none.</summary>
    public static string? Text(OptionalBytes bytes) =>
        bytes.IsNull ? null : $"{bytes.Bytes.Length}:{Crc32C.Of(bytes.Bytes):x8}";

    private static ModelBatch Read(IBuffers buffers, RecordBatch batch)
    {
        if (!batch.IsCrcValid)
        {
            throw new LogPromiseBrokenException($"the batch at {batch.BaseOffset} has a wrong checksum");
        }
        var isControl = batch.Attributes.IsControl;
        var stamp = batch.HasProducerId
            ? new ModelStamp(
                new ProducerId(batch.ProducerId),
                batch.ProducerEpoch,
                batch.BaseSequence,
                batch.LastSequence,
                batch.Attributes.IsTransactional)
            : null;
        var marker = BatchMarker.TryRead(batch.Bytes, out var read)
            ? new ModelMarker(read.Type == ControlRecordType.Abort, read.CoordinatorEpoch)
            : null;
        return new ModelBatch(
            new Offset(batch.BaseOffset),
            new Offset(batch.LastOffset) + 1,
            new LeaderEpoch(batch.PartitionLeaderEpoch),
            stamp,
            marker,
            Records(buffers, batch),
            batch.Bytes.ToArray())
        {
            IsControl = isControl,
            MaxTimestampMs = batch.MaxTimestamp,
            HorizonMs = batch.DeleteHorizonMs,
        };
    }

    private static List<ModelEntry> Records(IBuffers buffers, RecordBatch batch)
    {
        var scratch = new ByteBuffer(buffers);
        var status = RecordBody.Open(batch, scratch, Limits.UncompressedMaxBytes, out var body);
        LogComparison.Same($"records of the batch at {batch.BaseOffset}", DecompressStatus.Ok, status);
        var records = new List<ModelEntry>();
        var reader = new RecordReader(body, batch.RecordsCount);
        while (reader.TryRead(out var record))
        {
            var (key, value) = batch.Attributes.IsControl
                ? (null, null)
                : (Text(record.Key), Text(record.Value));
            records.Add(new ModelEntry(
                new Offset(batch.OffsetOf(record)), batch.TimestampOf(record), key, value));
        }
        LogComparison.Same($"fault in the batch at {batch.BaseOffset}", RecordFault.None, reader.Fault);
        scratch.Release();
        return records;
    }
}
