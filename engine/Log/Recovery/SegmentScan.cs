using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Reads one segment from front to back while a log is opened: checks every batch, rebuilds the index, the
/// epochs and the producers' state, and cuts a torn tail. No batch can be of an epoch older than the one
/// before it, or newer than the newest there has been.
/// </summary>
internal sealed class SegmentScan(
    IShard shard,
    LogStore store,
    LogSettings settings,
    Offset baseOffset,
    LogState before,
    LeaderEpoch newestEpoch)
{
    private const int PieceBytes = 1024 * 1024;

    private readonly string _path = store.PathOf(LogFileNames.Segment(baseOffset));
    private Lease _piece = shard.Buffers.Rent(PieceBytes);
    private Offset _expected = before.EndOffset;
    private string? _impossible;    // a batch that is sound and yet cannot be

    /// <summary>Bytes cut off behind the last sound batch.</summary>
    public long DroppedBytes { get; private set; }

    public async EngineTask<LogState> Run(bool isLast)
    {
        var opened = await store.Disk.Open(_path, OpenMode.Existing);
        if (opened.File is not { } file)
        {
            _piece.Release();
            return Offline("cannot be opened");
        }
        if (!before.IsFirst && baseOffset != before.EndOffset)
        {
            store.Disk.Close(file);
            _piece.Release();
            return Offline(
                $"begins at offset {baseOffset}, but the segment before it ends at {before.EndOffset}");
        }
        _expected = baseOffset;
        var segment = new Segment(file, baseOffset, settings.IndexIntervalBytes);
        store.Add(segment);

        var problem = await ReadBatches(segment, file.Length);
        _piece.Release();
        if (problem is null && segment.SizeBytes < file.Length)
        {
            problem = isLast
                ? await EndAtTail(segment, file)
                : $"has damaged bytes at {segment.SizeBytes} although another segment follows";
        }
        return problem is null ? After(segment) : Offline(problem);
    }

    /// <summary>
    /// Takes sound batches one after another; stops at the first that is not. Null unless reading fails or a
    /// batch cannot be.
    /// </summary>
    private async EngineTask<string?> ReadBatches(Segment segment, long length)
    {
        while (segment.SizeBytes < length)
        {
            var read = await store.Disk.Read(segment.File, segment.SizeBytes, _piece.Memory);
            if (!read.IsOk)
            {
                return "cannot be read";
            }
            var taken = TakeBatches(segment, read.Count);
            if (_impossible is not null)
            {
                return _impossible;
            }
            if (taken > 0)
            {
                continue;
            }
            var size = BatchCheck.SizeOf(_piece.Span[..read.Count]);
            if (size <= _piece.Capacity || size > length - segment.SizeBytes)
            {
                return null;
            }
            _piece.Release();
            _piece = shard.Buffers.Rent((int)size);
        }
        return null;
    }

    private int TakeBatches(Segment segment, int count)
    {
        var taken = 0;
        while (BatchCheck.IsSound(_piece.Span[taken..count], _expected))
        {
            var batch = StoredBatch.Read(_piece.Span[taken..]);
            if (batch.Epoch < before.Epochs.Latest || batch.Epoch.Value < 0 || batch.Epoch > newestEpoch)
            {
                _impossible = $"has a batch at {segment.SizeBytes} of leader epoch {batch.Epoch}, "
                    + $"which is not between {before.Epochs.Latest} and {newestEpoch}";
                break;
            }
            segment.OnWritten(batch.Span);
            before.Epochs.Assign(batch.Epoch, batch.BaseOffset);
            before.Producers.OnAppended(batch, _piece.Span.Slice(taken, batch.SizeBytes), shard.Now);
            _expected = batch.EndOffset;
            taken += batch.SizeBytes;
        }
        return taken;
    }

    /// <summary>
    /// Cuts what a power cut can have left. A log that syncs every group cuts nothing that one cannot have
    /// left; the others have no synced data to tell torn data from, so theirs is always cut.
    /// </summary>
    private async EngineTask<string?> EndAtTail(Segment segment, IFile file)
    {
        if (settings.SyncBeforeAcknowledge)
        {
            var examiner = new TailExaminer(shard, store.Disk, file, segment.SizeBytes, _expected);
            switch (await examiner.Run())
            {
                case TailVerdict.Damaged:
                    return $"has damaged bytes at {segment.SizeBytes} although a sound batch follows";
                case TailVerdict.Unreadable:
                    return "cannot be read";
                default:
                    break;
            }
        }
        return await CutTail(segment, file);
    }

    private async EngineTask<string?> CutTail(Segment segment, IFile file)
    {
        shard.Trace.Mark("torn-tail-cut");
        DroppedBytes = file.Length - segment.SizeBytes;
        var cut = await store.Disk.Truncate(file, segment.SizeBytes);
        if (!cut.IsOk)
        {
            return "cannot be truncated";
        }
        var synced = await store.Disk.Sync(file);
        return synced.IsOk ? null : "cannot be synced";
    }

    private LogState After(Segment segment) => before with
    {
        StartOffset = before.IsFirst ? baseOffset : before.StartOffset,
        EndOffset = segment.EndOffset,
        IsFirst = false,
    };

    private LogState Offline(string problem) =>
        before with { OfflineReason = $"file {_path} in {store.Disk.Name} {problem}" };
}
