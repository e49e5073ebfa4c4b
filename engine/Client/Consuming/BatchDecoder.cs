using System;
using System.Collections.Generic;
using System.Text;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Records;

namespace Testbed.Client;

/// <summary>
/// Turns one record batch into records that point into the fetched bytes, or into unpacked ones.
/// </summary>
internal sealed class BatchDecoder(IBuffers buffers)
{
    private readonly ByteBuffer _scratch = new(buffers);

    /// <summary>
    /// Appends the records from <paramref name="from"/> on. CORRUPT_MESSAGE when records cannot be read, of
    /// which none is appended then; UNSUPPORTED_COMPRESSION_TYPE when their codec is missing. The checksum is
    /// the caller's to check.
    /// </summary>
    public ErrorCode Decode(ReadOnlyMemory<byte> bytes, Offset from, List<ConsumedRecord> into)
    {
        var batch = new RecordBatch(bytes.Span);
        var status = RecordBody.Open(batch, _scratch, Limits.UncompressedMaxBytes, out var records);
        if (status != DecompressStatus.Ok)
        {
            return status == DecompressStatus.Unavailable
                ? ErrorCode.UnsupportedCompressionType
                : ErrorCode.CorruptMessage;
        }
        var isPlain = batch.Attributes.CodecId == (int)CompressionCodec.None;
        var home = isPlain ? bytes[BatchLayout.Records..] : records.ToArray();
        var countBefore = into.Count;
        var reader = new RecordReader(home.Span, batch.RecordsCount);
        while (reader.TryRead(out var record))
        {
            var offset = new Offset(batch.OffsetOf(record));
            if (offset >= from)
            {
                into.Add(Read(batch, record, offset, home));
            }
        }
        if (reader.Fault != RecordFault.None)
        {
            into.RemoveRange(countBefore, into.Count - countBefore);
            return ErrorCode.CorruptMessage;
        }
        return ErrorCode.None;
    }

    public void Release() => _scratch.Release();

    private static ConsumedRecord Read(
        in RecordBatch batch, in RecordView record, Offset offset, ReadOnlyMemory<byte> home) => new(
            offset,
            batch.TimestampOf(record),
            batch.Attributes.TimestampType,
            Find(record.Key, home),
            Find(record.Value, home),
            Headers(record, home));

    private static ConsumedHeader[] Headers(in RecordView record, ReadOnlyMemory<byte> home)
    {
        if (record.Headers.Count == 0)
        {
            return [];
        }
        var headers = new ConsumedHeader[record.Headers.Count];
        var i = 0;
        foreach (var header in record.Headers)
        {
            headers[i++] = new ConsumedHeader(Encoding.UTF8.GetString(header.Key), Find(header.Value, home));
        }
        return headers;
    }

    /// <summary>The same bytes, as a part of the memory that they lie in.</summary>
    private static ReadOnlyMemory<byte>? Find(OptionalBytes bytes, ReadOnlyMemory<byte> home)
    {
        if (bytes.IsNull)
        {
            return null;
        }
        return home.Span.Overlaps(bytes.Bytes, out var start)
            ? home.Slice(start, bytes.Bytes.Length)
            : ReadOnlyMemory<byte>.Empty;
    }
}
