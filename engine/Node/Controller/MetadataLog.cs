using System;
using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Testbed.Wire.Records;

namespace Testbed.Node.Controller;

/// <summary>
/// Kafka's metadata log, `__cluster_metadata-0`, with this node as its only writer. Records count once they
/// are synced; then they are applied to the image. One append at a time.
/// </summary>
public sealed class MetadataLog : ILogListener
{
    public const string Directory = TopicNames.Metadata + "-0";
    private const int ReadBytes = 1024 * 1024;

    private static readonly LogSettings Settings = new(1 << 30, 4096, SyncBeforeAcknowledge: true);

    // There is always one more, for the next writer.
    private static readonly LeaderEpoch NewestEpoch = new(int.MaxValue - 1);

    private readonly IShard _shard;
    private readonly MetadataImage _image;
    private readonly PartitionLog _log;
    private readonly RecordBatchBuilder _builder;
    private readonly WireWriter _writer;
    private LeaderEpoch _epoch;
    private EngineOp<bool>? _appending;    // completed by the log; true when the records are synced

    private MetadataLog(IShard shard, MetadataImage image, PartitionLog log)
    {
        _shard = shard;
        _image = image;
        _log = log;
        _builder = new RecordBatchBuilder(shard.Buffers);
        _writer = new WireWriter(shard.Buffers);
        log.Listen(this);
    }

    /// <summary>Why the log cannot be used; null when it can.</summary>
    public string? Problem => _log.OfflineReason;

    /// <summary>Offset that the next record will get.</summary>
    public Offset EndOffset => _log.EndOffset;

    /// <summary>Opens the log in its directory, which is made when it is not there.</summary>
    public static async EngineTask<MetadataLog> Open(IShard shard, LogDirectory place, MetadataImage image)
    {
        await place.Disk.CreateDirectory(Directory);
        await place.Disk.SyncDirectory("");
        var name = new TopicPartition(TopicNames.Metadata, 0);
        // Every batch is read anyway, to be replayed: all of them are checked.
        var opening = new LogOpening { NewestEpoch = NewestEpoch };
        var log = await LogOpener.Open(shard, place, Directory, name, Settings, opening);
        return new MetadataLog(shard, image, log);
    }

    /// <summary>Applies everything in the log to the image. False when it cannot be read.</summary>
    public async EngineTask<bool> Replay()
    {
        var piece = _shard.Buffers.Rent(ReadBytes);
        var isRead = true;
        while (isRead && _image.AppliedEnd < _log.EndOffset)
        {
            var slice = await _log.Read(_image.AppliedEnd, _log.EndOffset, ReadBytes, atLeastOne: true);
            if (slice.SizeBytes > piece.Capacity)
            {
                piece.Release();
                piece = _shard.Buffers.Rent(slice.SizeBytes);
            }
            var read = slice.SizeBytes == 0
                ? new IoResult(IoStatus.Failed)
                : await _log.Disk.Read(slice.Range.File, slice.Range.Offset, piece.Memory[..slice.SizeBytes]);
            isRead = read.IsOk && read.Count == slice.SizeBytes && Apply(piece.Span[..slice.SizeBytes]);
            slice.Release();
        }
        piece.Release();
        return isRead;
    }

    /// <summary>
    /// Becomes the log's writer in a new epoch, and says so in the log as a quorum of one would
    /// (LeaderChange).
    /// </summary>
    public async EngineTask<bool> BecomeWriter(NodeId node)
    {
        _epoch = new LeaderEpoch(Math.Max(_log.Epochs.Latest.Value, 0) + 1);
        _builder.Begin(new RecordBatchOptions { IsControl = true });
        Span<byte> key = stackalloc byte[ControlRecordKey.SizeBytes];
        new ControlRecordKey(ControlRecordType.LeaderChange).Write(key);
        var voter = new LeaderChangeMessageVoter { VoterId = node.Value };
        _writer.Reset();
        new LeaderChangeMessage { LeaderId = node.Value, Voters = [voter], GrantingVoters = [voter] }
            .Write(_writer, 0);
        _builder.Append(_shard.WallMs, key, _writer.Written.Span);
        return await AppendBuilt();
    }

    /// <summary>
    /// Appends the records as one batch, all or nothing, and applies them once they are synced. False when
    /// the disk failed: then nothing was applied and nothing more can be.
    /// </summary>
    public async EngineTask<bool> Append(IReadOnlyList<IMetadataRecord> records)
    {
        Invariant.Assert(records.Count > 0);
        if (_log.IsOffline)
        {
            return false;
        }
        _builder.Begin(RecordBatchOptions.Default);
        // One for all: Kafka refuses a metadata log whose batch has records of different times.
        var wallMs = _shard.WallMs;
        foreach (var record in records)
        {
            _writer.Reset();
            MetadataRecordFrame.Write(_writer, record, MetadataVersions.Of(record));
            _builder.Append(wallMs, OptionalBytes.Null, _writer.Written.Span);
        }
        if (!await AppendBuilt())
        {
            return false;
        }
        foreach (var record in records)
        {
            MetadataReplay.Apply(_image, record);
        }
        return true;
    }

    /// <summary>Brings the log to the disk with its indexes.</summary>
    public EngineTask<bool> Flush() => _log.Flush();

    public void OnWritten(PartitionLog log, long addedBytes)
    {
        if (log.WrittenEnd == log.EndOffset)
        {
            _appending?.Complete(true);
            _appending = null;
        }
    }

    public void OnOffline(PartitionLog log)
    {
        _appending?.Complete(false);
        _appending = null;
    }

    private async EngineTask<bool> AppendBuilt()
    {
        Invariant.Assert(_appending is null);
        var built = _builder.Build(out var batch);
        Invariant.Assert(built == CompressStatus.Ok);
        var appending = new EngineOp<bool>(_shard);
        _appending = appending;
        var appended = _log.Append(batch.Memory, batch.Lease, _epoch);
        batch.Release();
        var isWritten = await appending;
        if (isWritten)
        {
            _image.AppliedEnd = appended.EndOffset;
        }
        return isWritten;
    }

    private bool Apply(ReadOnlySpan<byte> bytes)
    {
        var batches = new RecordBatchReader(bytes);
        while (batches.TryRead(out var batch))
        {
            if (!batch.Attributes.IsControl && !ApplyRecords(batch))
            {
                return false;
            }
            _image.AppliedEnd = new Offset(batch.LastOffset + 1);
        }
        return batches.Rest.IsEmpty;
    }

    private bool ApplyRecords(RecordBatch batch)
    {
        var records = new RecordReader(batch.Body, batch.RecordsCount);
        while (records.TryRead(out var record))
        {
            var value = new WireReader(record.Value.Bytes.ToArray());
            MetadataReplay.Apply(_image, MetadataRecordFrame.Read(ref value, out _));
        }
        return records.Fault == RecordFault.None;
    }
}
