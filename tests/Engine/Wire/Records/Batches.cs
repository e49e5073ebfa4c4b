using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>Makes batches for tests, right ones and altered ones.</summary>
public static class Batches
{
    public const long TimeMs = 1_700_000_000_000;

    /// <summary>A batch of records k0/v0, k1/v1, ..., a millisecond apart.</summary>
    public static byte[] Of(int count, RecordBatchOptions? options = null)
    {
        var records = Enumerable.Range(0, count).Select(i => new SampleRecord(TimeMs + i, $"k{i}", $"v{i}"));
        return Of(options, records.ToArray());
    }

    public static byte[] Of(RecordBatchOptions? options, params SampleRecord[] records)
    {
        var pool = new BufferPool(retainedBytesMax: 0, poison: true);
        var builder = new RecordBatchBuilder(pool);
        builder.Begin(options ?? RecordBatchOptions.Default);
        foreach (var record in records)
        {
            builder.Append(record.TimestampMs, record.Key, record.Value, record.HeadersToWrite());
        }
        Assert.Equal(CompressStatus.Ok, builder.Build(out var batch));
        var bytes = batch.Span.ToArray();
        batch.Release();
        builder.Release();
        Assert.Equal(0, pool.OutstandingCount);
        return bytes;
    }

    /// <summary>
    /// A batch of one record whose encoded form is given, with a right length, checksum and header.
    /// </summary>
    public static byte[] OfEncoded(string hex, int count = 1)
    {
        byte[] batch = [.. Of(count)[..BatchLayout.Records], .. Convert.FromHexString(hex.Replace(" ", ""))];
        return WithLength(batch);
    }

    /// <summary>The batch with some of its header or records changed and the checksum made right.</summary>
    public static byte[] With(this byte[] batch, Action<byte[]> change)
    {
        var changed = (byte[])batch.Clone();
        change(changed);
        RecordBatchPatch.RenewCrc(changed);
        return changed;
    }

    public static byte[] WithLength(byte[] batch)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(
            batch.AsSpan(BatchLayout.BatchLength), batch.Length - BatchLayout.UncountedBytes);
        RecordBatchPatch.RenewCrc(batch);
        return batch;
    }

    /// <summary>The records of a batch, as values.</summary>
    public static List<SampleRecord> Read(ReadOnlySpan<byte> bytes)
    {
        var batch = new RecordBatch(bytes);
        var scratch = new ByteBuffer(new BufferPool(retainedBytesMax: 0, poison: true));
        Assert.Equal(DecompressStatus.Ok, RecordBody.Open(batch, scratch, int.MaxValue, out var body));
        var reader = new RecordReader(body, batch.RecordsCount);
        var records = new List<SampleRecord>();
        while (reader.TryRead(out var record))
        {
            records.Add(SampleRecord.Of(batch, record));
        }
        Assert.Equal(RecordFault.None, reader.Fault);
        return records;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
