using System;
using System.Buffers.Binary;
using Testbed.Compression;
using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>
/// Builds batches, one after the other, in leased memory: <see cref="Begin"/>, records, <see cref="Build"/>.
/// </summary>
/// <remarks>
/// The batch belongs to the caller once it is built. Offsets ascend within a batch; the first record's time
/// is the base timestamp. Whatever has been begun and not built is dropped by <see cref="Begin"/> and <see
/// cref="Release"/>.
/// </remarks>
public sealed class RecordBatchBuilder(IBuffers buffers)
{
    private readonly ByteBuffer _plain = new(buffers);     // header, then the records as they are
    private readonly ByteBuffer _packed = new(buffers);    // header, then the records packed
    private RecordBatchOptions _options = RecordBatchOptions.Default;
    private bool _isBegun;
    private int _lastOffsetDelta;     // of the last record, -1 before the first
    private long _baseTimestampMs;    // -1 before the first record, unless there is a delete horizon
    private long _maxTimestampMs;     // of the records, -1 before the first

    public int RecordsCount { get; private set; }

    /// <summary>What the batch would be if it were built now without a codec.</summary>
    public int SizeInBytes => _plain.Length;

    public void Begin(RecordBatchOptions options)
    {
        _options = options;
        _isBegun = true;
        _plain.Clear();
        _packed.Clear();
        _plain.Append(stackalloc byte[BatchLayout.Records]);
        _lastOffsetDelta = -1;
        _baseTimestampMs = options.DeleteHorizonMs ?? RecordBatch.NoTimestamp;
        _maxTimestampMs = RecordBatch.NoTimestamp;
        RecordsCount = 0;
    }

    /// <summary>Appends a record at the next offset.</summary>
    public void Append(
        long timestampMs,
        OptionalBytes key,
        OptionalBytes value,
        ReadOnlySpan<RecordHeader> headers = default)
    {
        Anchor(timestampMs);
        var offsetDelta = _lastOffsetDelta + 1;
        RecordWriter.Write(_plain, new RecordFields
        {
            TimestampDelta = DeltaOf(timestampMs),
            OffsetDelta = offsetDelta,
            Key = key,
            Value = value,
            HeaderCount = headers.Length,
            HeadersSizeBytes = RecordWriter.SizeOf(headers),
        });
        RecordWriter.Write(_plain, headers);
        Count(offsetDelta, timestampMs);
    }

    /// <summary>Appends a record of another batch at an offset of its own: what compaction keeps.</summary>
    public void AppendAt(int offsetDelta, long timestampMs, in RecordView record)
    {
        Anchor(timestampMs);
        Invariant.Assert(offsetDelta > _lastOffsetDelta);
        RecordWriter.Write(_plain, new RecordFields
        {
            TimestampDelta = DeltaOf(timestampMs),
            OffsetDelta = offsetDelta,
            Key = record.Key,
            Value = record.Value,
            HeaderCount = record.Headers.Count,
            HeadersSizeBytes = record.Headers.Encoded.Length,
        });
        _plain.Append(record.Headers.Encoded);
        Count(offsetDelta, timestampMs);
    }

    /// <summary>Finishes the batch and hands it over, unless the codec is not installed.</summary>
    public CompressStatus Build(out LeasedBytes batch)
    {
        Invariant.Assert(_isBegun);
        batch = default;
        var finished = _plain;
        if (_options.Codec != CompressionCodec.None)
        {
            finished = _packed;
            _packed.Clear();
            _packed.Append(stackalloc byte[BatchLayout.Records]);
            var records = _plain.Written[BatchLayout.Records..];
            if (Codecs.Compress(_options.Codec, _options.Level, records, _packed) != CompressStatus.Ok)
            {
                return CompressStatus.Unavailable;
            }
        }
        WriteHeader(finished.Patchable);
        batch = finished.Detach();
        _plain.Clear();
        _isBegun = false;
        return CompressStatus.Ok;
    }

    /// <summary>Gives all memory back. The builder can be used again.</summary>
    public void Release()
    {
        _isBegun = false;
        _plain.Release();
        _packed.Release();
    }

    /// <summary>
    /// The first record's time becomes the base timestamp, unless a delete horizon stands there.
    /// </summary>
    private void Anchor(long timestampMs)
    {
        Invariant.Assert(_isBegun);
        if (RecordsCount == 0 && _options.DeleteHorizonMs is null)
        {
            _baseTimestampMs = timestampMs;
        }
    }

    /// <summary>Distance to the base timestamp. It may wrap, and wraps back when it is read.</summary>
    private long DeltaOf(long timestampMs) => unchecked(timestampMs - _baseTimestampMs);

    private void Count(int offsetDelta, long timestampMs)
    {
        _maxTimestampMs = Math.Max(_maxTimestampMs, timestampMs);
        _lastOffsetDelta = offsetDelta;
        RecordsCount++;
    }

    private void WriteHeader(Span<byte> batch)
    {
        var lastOffsetDelta = _options.LastOffsetDelta ?? Math.Max(_lastOffsetDelta, 0);
        Invariant.Assert(lastOffsetDelta >= _lastOffsetDelta);
        BinaryPrimitives.WriteInt64BigEndian(batch[BatchLayout.BaseOffset..], _options.BaseOffset);
        BinaryPrimitives.WriteInt32BigEndian(
            batch[BatchLayout.BatchLength..], batch.Length - BatchLayout.UncountedBytes);
        BinaryPrimitives.WriteInt32BigEndian(
            batch[BatchLayout.PartitionLeaderEpoch..], _options.PartitionLeaderEpoch);
        batch[BatchLayout.Magic] = BatchLayout.MagicValue;
        BinaryPrimitives.WriteInt16BigEndian(batch[BatchLayout.Attributes..], _options.Attributes.Bits);
        BinaryPrimitives.WriteInt32BigEndian(batch[BatchLayout.LastOffsetDelta..], lastOffsetDelta);
        BinaryPrimitives.WriteInt64BigEndian(batch[BatchLayout.BaseTimestamp..], _baseTimestampMs);
        BinaryPrimitives.WriteInt64BigEndian(
            batch[BatchLayout.MaxTimestamp..], _options.MaxTimestampMs ?? _maxTimestampMs);
        BinaryPrimitives.WriteInt64BigEndian(batch[BatchLayout.ProducerId..], _options.ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch[BatchLayout.ProducerEpoch..], _options.ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[BatchLayout.BaseSequence..], _options.BaseSequence);
        BinaryPrimitives.WriteInt32BigEndian(batch[BatchLayout.RecordsCount..], RecordsCount);
        RecordBatchPatch.RenewCrc(batch);
    }
}
