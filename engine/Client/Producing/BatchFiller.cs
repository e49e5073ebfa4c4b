using System;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Client;

/// <summary>Fills the open batch of one partition with records, and encodes it when it is closed.</summary>
internal sealed class BatchFiller(ProducerPartition partition, ProducerOptions options, IBuffers buffers)
{
    private readonly RecordBatchBuilder _builder = new(buffers);
    private readonly RecordBatchOptions _batchOptions =
        new() { Codec = options.Codec, Level = options.CompressionLevel };

    /// <summary>The batch that takes records, or null.</summary>
    public ProducerBatch? Open { get; private set; }

    /// <summary>True when the open batch need not wait for more records.</summary>
    public bool IsFull => Open is not null && _builder.SizeInBytes >= options.BatchSizeBytes;

    public bool HasRoomFor(in ProducerRecord record) =>
        Open is not null && _builder.SizeInBytes + record.SizeBytes <= options.BatchSizeBytes;

    /// <summary>Copies the record into the open batch; begins one when there is none.</summary>
    public ProducerBatch Append(in ProducerRecord record, long timestampMs)
    {
        if (Open is null)
        {
            Open = new ProducerBatch(partition);
            _builder.Begin(_batchOptions);
        }
        _builder.Append(timestampMs, Bytes(record.Key), Bytes(record.Value), record.Headers.Span);
        return Open;
    }

    /// <summary>Encodes the open batch. The codec is there: the producer has seen to that.</summary>
    public ProducerBatch Close()
    {
        var batch = Open;
        Invariant.Assert(batch is not null);
        var status = _builder.Build(out var bytes);
        Invariant.Assert(status == CompressStatus.Ok);
        batch.Close(bytes);
        _builder.Release();
        Open = null;
        return batch;
    }

    /// <summary>Drops the open batch, if there is one; it is the caller's to settle.</summary>
    public void Drop()
    {
        Open = null;
        _builder.Release();
    }

    private static OptionalBytes Bytes(ReadOnlyMemory<byte>? bytes) =>
        bytes is { } there ? new OptionalBytes(there.Span) : OptionalBytes.Null;
}
