using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Brings appended batches to the disk: all batches of one loop turn share one write, and one sync where the
/// settings ask for it. Owns the pending batches; rolls to a new segment before a batch that would make the
/// active one too large. After a failed write or sync it writes nothing more (a sync that fails is never
/// tried over).
/// </summary>
internal sealed class LogWriter(IShard shard, LogStore store, LogSettings settings, ILogWriterOwner owner)
    : IWork
{
    private const int GroupPiecesMax = 512;
    private const int GroupBytesMax = 8 * 1024 * 1024;

    private readonly Queue<PendingBatch> _pending = new();
    private readonly List<PendingBatch> _group = [];                 // being written now
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];        // the bytes of _group
    private bool _isRunning;                                         // the loop runs or is about to
    private readonly List<EngineOp<bool>> _whenIdle = [];            // completed when the loop ends
    private LogSettings _settings = settings;
    private bool _isGroupSynced;                                     // settings may change meanwhile

    public bool HasFailed { get; private set; }

    public void Apply(LogSettings changed) => _settings = changed;

    /// <summary>Takes a batch over; it is written after this turn's other work.</summary>
    public void Add(in PendingBatch batch)
    {
        Invariant.Assert(!HasFailed);
        _pending.Enqueue(batch);
        if (!_isRunning)
        {
            _isRunning = true;
            shard.Post(this, 0);
        }
    }

    /// <summary>Completes once every batch added so far is written, or will never be.</summary>
    public EngineOp<bool> WhenIdle()
    {
        var idle = new EngineOp<bool>(shard);
        _whenIdle.Add(idle);
        if (!_isRunning)
        {
            TellIdle();
        }
        return idle;
    }

    public void Run(long token) => _ = WriteAll();

    private async EngineTask WriteAll()
    {
        while (_pending.Count > 0)
        {
            var status = MustRoll(_pending.Peek())
                ? await Roll(_pending.Peek().Span.BaseOffset)
                : IoStatus.Ok;
            if (status == IoStatus.Ok)
            {
                TakeGroup();
                status = await WriteGroup();
            }
            if (status != IoStatus.Ok)
            {
                Fail(status);
                return;
            }
            FinishGroup();
        }
        _isRunning = false;
        TellIdle();
    }

    private void TellIdle()
    {
        foreach (var idle in _whenIdle)
        {
            idle.Complete(!HasFailed);
        }
        _whenIdle.Clear();
    }

    private bool MustRoll(in PendingBatch next) =>
        !store.HasActive
        || (store.Active.SizeBytes > 0 && !Fits(store.Active.SizeBytes, next.Span.SizeBytes));

    private bool Fits(long usedBytes, int addedBytes) => usedBytes + addedBytes <= _settings.SegmentBytes;

    /// <summary>
    /// Opens the next segment. The full one is synced first: recovery takes any damage before the last
    /// segment for corruption, so nothing unsynced may lie there.
    /// </summary>
    private async EngineTask<IoStatus> Roll(Offset baseOffset)
    {
        if (store.HasActive)
        {
            var synced = await store.Disk.Sync(store.Active.File);
            if (!synced.IsOk)
            {
                return synced.Status;
            }
        }
        var path = store.PathOf(LogFileNames.Segment(baseOffset));
        var opened = await RetryForDescriptors(
            () => store.Disk.Open(path, OpenMode.CreateEmpty), static file => file.Status);
        if (opened.File is null)
        {
            return opened.Status;
        }
        var named = await RetryForDescriptors(
            () => store.Disk.SyncDirectory(store.Directory), static synced => synced.Status);
        if (named.IsOk)
        {
            store.Add(new Segment(opened.File, baseOffset, _settings.IndexIntervalBytes));
        }
        else
        {
            store.Disk.Close(opened.File);
        }
        return named.Status;
    }

    /// <summary>
    /// Waits for a free descriptor, so long and no longer. Nothing was written yet, so trying again hides no
    /// loss.
    /// </summary>
    private async EngineTask<T> RetryForDescriptors<T>(Func<EngineOp<T>> attempt, Func<T, IoStatus> statusOf)
    {
        var result = await attempt();
        for (var i = 0; statusOf(result) == IoStatus.TooManyOpen && i < Limits.SegmentRetriesMax; i++)
        {
            shard.Trace.Mark("segment-waits-for-descriptors");
            await shard.Delay(Limits.SegmentRetryPauseMs);
            result = await attempt();
        }
        return result;
    }

    private void TakeGroup()
    {
        long bytes = store.Active.SizeBytes;
        long groupBytes = 0;
        while (_pending.TryPeek(out var next) && _group.Count < GroupPiecesMax)
        {
            var isFirst = _group.Count == 0;
            if (!isFirst
                && (!Fits(bytes, next.Span.SizeBytes) || groupBytes + next.Span.SizeBytes > GroupBytesMax))
            {
                break;
            }
            bytes += next.Span.SizeBytes;
            groupBytes += next.Span.SizeBytes;
            _pending.Dequeue();
            _group.Add(next);
            _pieces.Add(next.Bytes);
        }
    }

    private async EngineTask<IoStatus> WriteGroup()
    {
        var file = store.Active.File;
        var written = await store.Disk.Write(file, store.Active.SizeBytes, _pieces);
        _isGroupSynced = _settings.SyncBeforeAcknowledge;
        if (!written.IsOk || !_isGroupSynced)
        {
            return written.Status;
        }
        var synced = await store.Disk.Sync(file);
        return synced.Status;
    }

    private void FinishGroup()
    {
        var sizeBytes = 0L;
        foreach (var batch in _group)
        {
            store.Active.OnWritten(batch.Span);
            sizeBytes += batch.Span.SizeBytes;
            batch.Owner?.Release();
        }
        var end = _group[^1].Span.EndOffset;
        _group.Clear();
        _pieces.Clear();
        owner.OnGroupWritten(end, sizeBytes, _isGroupSynced);
    }

    private void Fail(IoStatus status)
    {
        HasFailed = true;
        foreach (var batch in _group)
        {
            batch.Owner?.Release();
        }
        _group.Clear();
        _pieces.Clear();
        while (_pending.TryDequeue(out var batch))
        {
            batch.Owner?.Release();
        }
        owner.OnWriteFailed(status);
        _isRunning = false;
        TellIdle();
    }
}
