using System;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// Writes the segment that compaction makes, and its indexes, under names with the suffix `.cleaned`. Owns
/// the open file until <see cref="Finish"/> or <see cref="Discard"/>, one of which must be called.
/// </summary>
internal sealed class CleanedWriter(
    IShard shard, IDisk disk, string directory, Offset segmentBase, SegmentIndexes indexes)
{
    private readonly ByteBuffer _pending = new(shard.Buffers);    // batches that are not in the file yet
    private readonly AbortedTransactionIndex _aborted = new();
    private IFile? _log;              // while it is open
    private int _sizeBytes;           // of all batches, pending ones too
    private int _writtenBytes;        // in the file
    private Offset? _end;             // of the last batch
    private long? _firstTimestampMs;

    /// <summary>What reading and writing are held back by; none when null.</summary>
    public CleaningPace? Pace { get; init; }

    public CleanedSegment Segment => new(
        segmentBase,
        _end ?? segmentBase,
        _sizeBytes,
        indexes.MaxTimestampMs,
        _firstTimestampMs ?? RecordBatch.NoTimestamp,
        _aborted.ToList());

    public async EngineTask<CleanFailure?> Open()
    {
        var path = PathOf(PartitionFileKind.Log);
        var opened = await disk.Open(path, OpenMode.CreateEmpty);
        _log = opened.File;
        return _log is null ? Failure(path, opened.Status) : null;
    }

    /// <summary>Takes a copy of a batch that follows the others.</summary>
    public CleanFailure? Append(RecordBatch batch)
    {
        Invariant.Assert(batch.BaseOffset >= (_end ?? segmentBase).Value);
        if (batch.SizeInBytes > int.MaxValue - _sizeBytes)
        {
            return CleanFailure.Of(CleanStatus.Uncleanable, "makes a segment of more than 2 GiB");
        }
        indexes.OnBatch(StoredBatch.Read(batch.Bytes).Span, _sizeBytes);
        _pending.Append(batch.Bytes);
        _sizeBytes += batch.SizeInBytes;
        _end = new Offset(batch.LastOffset) + 1;
        _firstTimestampMs ??= batch.MaxTimestamp;
        return null;
    }

    /// <summary>A transaction whose marker is here was aborted, and had records until now.</summary>
    public void AddAborted(in AbortedTransaction aborted) => _aborted.Add(aborted);

    /// <summary>Writes what has been appended.</summary>
    public async EngineTask<CleanFailure?> Flush()
    {
        Invariant.Assert(_log is not null);
        if (_pending.Length == 0)
        {
            return null;
        }
        var bytes = _pending.Detach();
        var written = await disk.Write(_log, _writtenBytes, [bytes.Memory]);
        Pace?.Spend(bytes.SizeBytes);
        _writtenBytes += bytes.SizeBytes;
        bytes.Release();
        return written.IsOk ? null : Failure(_log.Path, written.Status);
    }

    /// <summary>Makes the segment with all its files survive a power cut.</summary>
    public async EngineTask<CleanFailure?> Finish()
    {
        Invariant.Assert(_log is not null);
        Invariant.Assert(_pending.Length == 0);
        var synced = await disk.Sync(_log);
        if (!synced.IsOk)
        {
            return Failure(_log.Path, synced.Status);
        }
        CloseLog();
        indexes.Seal();
        var failure = await WriteWhole(PartitionFileKind.OffsetIndex, indexes.Offsets.Bytes)
            ?? await WriteWhole(PartitionFileKind.TimeIndex, indexes.Times.Bytes);
        if (failure is null && _aborted.Count > 0)
        {
            failure = await WriteWhole(PartitionFileKind.TransactionIndex, _aborted.Bytes);
        }
        if (failure is not null)
        {
            return failure;
        }
        var named = await disk.SyncDirectory(directory);
        return named.IsOk ? null : Failure(directory, named.Status);
    }

    /// <summary>
    /// Deletes the files. What cannot be deleted goes when the log is opened the next time.
    /// </summary>
    public async EngineTask Discard()
    {
        CloseLog();
        for (var kind = PartitionFileKind.Log; kind <= PartitionFileKind.TransactionIndex; kind++)
        {
            await disk.Delete(PathOf(kind));
        }
    }

    public void Release() => _pending.Release();

    private void CloseLog()
    {
        if (_log is not null)
        {
            disk.Close(_log);
            _log = null;
        }
    }

    private async EngineTask<CleanFailure?> WriteWhole(PartitionFileKind kind, ReadOnlyMemory<byte> content)
    {
        var path = PathOf(kind);
        var opened = await disk.Open(path, OpenMode.CreateEmpty);
        if (opened.File is not { } file)
        {
            return Failure(path, opened.Status);
        }
        var written = await disk.Write(file, 0, [content]);
        if (written.IsOk)
        {
            written = await disk.Sync(file);
        }
        disk.Close(file);
        return written.IsOk ? null : Failure(path, written.Status);
    }

    private CleanFailure Failure(string path, IoStatus status) =>
        CleanFailure.OfDisk(status, $"file {path} in {disk.Name} cannot be written: {status}");

    private string PathOf(PartitionFileKind kind) =>
        $"{directory}/{new PartitionFile(segmentBase, kind, PartitionFileStage.Cleaned).Name}";
}
