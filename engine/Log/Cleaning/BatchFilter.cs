using System;
using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Makes of a batch what compaction leaves of it. A batch that loses nothing stays byte for byte. Another is
/// built anew with the same offsets, sequences, epochs, codec and timestamp type; its max timestamp is that
/// of what is left, or the append time.
/// </summary>
/// <remarks>
/// A batch with a tombstone, or a marker whose transaction has no records left, gets its delete horizon, now
/// plus delete.retention.ms, when cleaning meets it for the first time (KIP-534); it keeps that also after
/// its last tombstone has gone. Nothing is allocated for a batch that stays as it is.
/// </remarks>
public sealed class BatchFilter(IBuffers buffers, OffsetMap map, RemovalRule rule, long deleteRetentionMs)
{
    private readonly RecordBatchBuilder _builder = new(buffers);
    private readonly ByteBuffer _unpacked = new(buffers);
    private readonly List<Offset> _removedTombstones = [];
    private ulong[] _kept = new ulong[16];    // one bit a record of the batch at hand
    private bool _keepsTombstone;             // of the batch at hand
    private int _keptCount;                   // of the batch at hand

    /// <summary>Tombstones of the last batch that have gone because their horizon was over.</summary>
    public IReadOnlyList<Offset> RemovedTombstones => _removedTombstones;

    /// <summary>Bytes of records the last batch had, unpacked: what filtering it has cost.</summary>
    public int WorkBytes { get; private set; }

    /// <summary>The batch's checksum is right.</summary>
    public FilteredBatch Filter(RecordBatch batch, in BatchKeeping keeping)
    {
        _removedTombstones.Clear();
        WorkBytes = batch.SizeInBytes;
        if (!keeping.KeepsRecords || batch.RecordsCount == 0)
        {
            return WithoutRecords(batch, keeping.KeepsHeader);
        }
        var status = RecordBody.Open(batch, _unpacked, Limits.UncompressedMaxBytes, out var records);
        if (status != DecompressStatus.Ok)
        {
            return FilteredBatch.Unreadable(RecordProblem.FailureOf(status));
        }
        WorkBytes += records.Length;
        if (Judge(batch, records) is { } problem)
        {
            return FilteredBatch.Unreadable(CleanFailure.Of(CleanStatus.Damaged, problem));
        }
        if (_keptCount == 0)
        {
            return WithoutRecords(batch, keeping.KeepsHeader);
        }
        var beginsHorizon = batch.DeleteHorizonMs is null && (_keepsTombstone || keeping.StartsHorizon);
        return _keptCount == batch.RecordsCount && !beginsHorizon
            ? new FilteredBatch { Kind = FilteredKind.Unchanged, MaxTimestampMs = batch.MaxTimestamp }
            : Rebuilt(batch, records, beginsHorizon ? rule.NowMs + deleteRetentionMs : batch.DeleteHorizonMs);
    }

    /// <summary>Gives all memory back. The filter can be used again.</summary>
    public void Release()
    {
        _builder.Release();
        _unpacked.Release();
    }

    /// <summary>Marks the records that stay. Says what is wrong with the first one that cannot be.</summary>
    private string? Judge(RecordBatch batch, ReadOnlySpan<byte> records)
    {
        var reader = new RecordReader(records, batch.RecordsCount);
        var isControl = batch.Attributes.IsControl;
        var deltaBefore = -1;
        _keptCount = 0;
        _keepsTombstone = false;
        while (reader.TryRead(out var record))
        {
            if (record.OffsetDelta <= deltaBefore || record.OffsetDelta > batch.LastOffsetDelta)
            {
                return RecordProblem.OfOffsets;
            }
            deltaBefore = record.OffsetDelta;
            var isKept = isControl || ShouldRetain(batch, record);
            Mark(reader.ReadCount - 1, isKept);
            if (isKept)
            {
                _keptCount++;
                _keepsTombstone |= record.Value.IsNull;
            }
        }
        return reader.Fault == RecordFault.None ? null : RecordProblem.Of(reader.Fault);
    }

    private bool ShouldRetain(RecordBatch batch, in RecordView record)
    {
        var offset = new Offset(batch.OffsetOf(record));
        var hasKey = !record.Key.IsNull;
        var isMapped = hasKey && offset < map.MappedEnd;
        var facts = new CleanedRecord(
            offset,
            hasKey,
            !record.Value.IsNull,
            isMapped ? map.Find(record.Key.Bytes) : Offset.None,
            batch.DeleteHorizonMs);
        var isKept = RecordRetention.ShouldRetain(facts, map.MappedEnd, rule);
        if (!isKept && hasKey && record.Value.IsNull && facts.NewestForKey <= offset)
        {
            _removedTombstones.Add(offset);
        }
        return isKept;
    }

    private FilteredBatch WithoutRecords(RecordBatch batch, bool keepsHeader)
    {
        if (!keepsHeader)
        {
            return new FilteredBatch { Kind = FilteredKind.Dropped, RemovedCount = batch.RecordsCount };
        }
        if (batch.RecordsCount == 0)
        {
            return new FilteredBatch { Kind = FilteredKind.Unchanged, MaxTimestampMs = batch.MaxTimestamp };
        }
        _builder.Begin(OptionsOf(batch) with { MaxTimestampMs = batch.MaxTimestamp });
        return Finished(batch, keptCount: 0);
    }

    private FilteredBatch Rebuilt(RecordBatch batch, ReadOnlySpan<byte> records, long? deleteHorizonMs)
    {
        var isAppendTime = batch.Attributes.TimestampType == TimestampType.LogAppendTime;
        _builder.Begin(OptionsOf(batch) with
        {
            Codec = (CompressionCodec)batch.Attributes.CodecId,
            MaxTimestampMs = isAppendTime ? batch.MaxTimestamp : null,
            DeleteHorizonMs = deleteHorizonMs,
        });
        var reader = new RecordReader(records, batch.RecordsCount);
        while (reader.TryRead(out var record))
        {
            if (IsMarked(reader.ReadCount - 1))
            {
                _builder.AppendAt(record.OffsetDelta, batch.TimestampOf(record), record);
            }
        }
        return Finished(batch, _keptCount);
    }

    private FilteredBatch Finished(RecordBatch batch, int keptCount)
    {
        if (_builder.Build(out var built) != CompressStatus.Ok)
        {
            return FilteredBatch.Unreadable(RecordProblem.FailureOf(DecompressStatus.Unavailable));
        }
        return new FilteredBatch
        {
            Kind = FilteredKind.Rebuilt,
            Bytes = built,
            RemovedCount = batch.RecordsCount - keptCount,
            MaxTimestampMs = new RecordBatch(built.Span).MaxTimestamp,
        };
    }

    /// <summary>What every batch keeps. An empty one has no codec, horizon or base timestamp.</summary>
    private static RecordBatchOptions OptionsOf(RecordBatch batch) => new()
    {
        BaseOffset = batch.BaseOffset,
        PartitionLeaderEpoch = batch.PartitionLeaderEpoch,
        ProducerId = batch.ProducerId,
        ProducerEpoch = batch.ProducerEpoch,
        BaseSequence = batch.BaseSequence,
        IsTransactional = batch.Attributes.IsTransactional,
        IsControl = batch.Attributes.IsControl,
        TimestampType = batch.Attributes.TimestampType,
        LastOffsetDelta = batch.LastOffsetDelta,
    };

    private void Mark(int index, bool isKept)
    {
        if (index >> 6 == _kept.Length)
        {
            Array.Resize(ref _kept, 2 * _kept.Length);
        }
        var bit = 1UL << (index & 63);
        _kept[index >> 6] = isKept ? _kept[index >> 6] | bit : _kept[index >> 6] & ~bit;
    }

    private bool IsMarked(int index) => (_kept[index >> 6] >> (index & 63) & 1) != 0;
}
