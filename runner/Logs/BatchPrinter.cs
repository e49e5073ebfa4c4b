using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire.Records;

namespace Testbed.Runner.Logs;

/// <summary>Prints the batches of a file, and their records below if they are wanted.</summary>
internal sealed class BatchPrinter(RowPrinter printer, bool withRecords)
{
    private const long RetainedBytesMax = 64 * 1024 * 1024;

    private readonly ByteBuffer _scratch = new(new BufferPool(RetainedBytesMax, poison: false));
    private readonly RecordPrinter _records = new(printer);

    /// <summary>The bytes are a batch of format 2; its checksum may be wrong.</summary>
    public void Print(RecordBatch batch, long position)
    {
        var seen = InspectedBatch.Of(batch, position);
        var header = seen.Header;
        printer.Row(
            "batch",
            new DumpField("position", "  position", seen.Position),
            new DumpField("baseOffset", " base offset", header.BaseOffset.Value),
            new DumpField("lastOffset", " last offset", header.EndOffset.Value - 1),
            new DumpField("count", " count", seen.RecordsCount),
            new DumpField("partitionLeaderEpoch", "epoch", header.Epoch.Value),
            new DumpField("producerId", "  producer", header.Producer.ProducerId.Value),
            new DumpField("producerEpoch", "epoch", header.Producer.ProducerEpoch),
            new DumpField("baseSequence", "  sequence", header.Producer.FirstSequence),
            new DumpField("lastSequence", "   to last", seen.LastSequence),
            new DumpField("timestampType", "time type    ", header.Attributes.TimestampType.ToString()),
            new DumpField("maxTimestamp", "     latest ms", header.MaxTimestampMs),
            new DumpField("deleteHorizon", "delete horizon", seen.DeleteHorizonMs),
            new DumpField("size", "    size", header.SizeBytes),
            new DumpField("magic", "magic", (int)batch.Magic),
            new DumpField("codec", "codec ", CodecOf(header.Attributes)),
            new DumpField("crc", "       crc", (long)header.Crc),
            new DumpField("valid", "valid", seen.IsCrcValid),
            new DumpField("transactional", "txn", header.Attributes.IsTransactional),
            new DumpField("control", "control", header.Attributes.IsControl));
        if (withRecords && seen.IsCrcValid)
        {
            PrintRecords(batch);
        }
    }

    private void PrintRecords(RecordBatch batch)
    {
        var status = RecordBody.Open(batch, _scratch, BatchWalk.WindowMaxBytes, out var body);
        if (status != DecompressStatus.Ok)
        {
            PrintUnread($"the records cannot be unpacked: {status}");
            return;
        }
        var records = new RecordReader(body, batch.RecordsCount);
        while (records.TryRead(out var record))
        {
            _records.Print(batch, record);
        }
        if (records.Fault != RecordFault.None)
        {
            PrintUnread(
                $"record {records.ReadCount} of {batch.RecordsCount} cannot be read: {records.Fault}");
        }
    }

    private void PrintUnread(string text)
    {
        if (printer.IsJson)
        {
            printer.Json("unread", json => json.WriteString("text", text));
        }
        else
        {
            printer.Below(text);
        }
    }

    private static string CodecOf(BatchAttributes attributes) =>
        attributes.TryGetCodec(out var codec)
            ? codec.ToString().ToLowerInvariant()
            : $"{attributes.CodecId}?";
}
