using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Brings appended batches to the disk: all batches of one loop turn share one write, and one sync where the
/// settings ask for it. Owns the pending batches; stops at milestones. After a failed write or sync it writes
/// nothing more (a sync that fails is never tried over).
/// </summary>
internal sealed class LogWriter(
    IShard shard, LogStore store, LogMilestones milestones, LogSettings settings, ILogWriterOwner owner)
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

    /// <summary>The log directory has failed: nothing more is written.</summary>
    public void GiveUp()
    {
        if (!HasFailed)
        {
            HasFailed = true;
            Drop(_pending);
            _pending.Clear();
        }
    }

    public void Run(long token) => _ = WriteAll();

    private async EngineTask WriteAll()
    {
        while (_pending.Count > 0)
        {
            var first = _pending.Peek();
            var status = first.Milestone is null ? IoStatus.Ok : await Reach(first.Milestone);
            if (status == IoStatus.Ok && !HasFailed && first.Reached is not null)
            {
                _pending.Dequeue();
                first.Reached.Complete(true);
                continue;
            }
            if (status == IoStatus.Ok && !HasFailed)
            {
                TakeGroup();
                status = await WriteGroup();
            }
            if (status != IoStatus.Ok || HasFailed)
            {
                Fail(status);
                break;
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

    private async EngineTask<IoStatus> Reach(LogMilestone milestone)
    {
        var status = await milestones.Reach(milestone, _settings);
        if (status == IoStatus.Ok)
        {
            owner.OnMilestone(milestone.At);
        }
        return status;
    }

    /// <summary>Up to the next milestone.</summary>
    private void TakeGroup()
    {
        var groupBytes = 0L;
        while (_pending.TryPeek(out var next) && _group.Count < GroupPiecesMax)
        {
            var isFirst = _group.Count == 0;
            if (!isFirst
                && (next.Milestone is not null || groupBytes + next.Span.SizeBytes > GroupBytesMax))
            {
                break;
            }
            groupBytes += next.Span.SizeBytes;
            _pending.Dequeue();
            _group.Add(next);
            _pieces.Add(next.Bytes);
        }
    }

    private async EngineTask<IoStatus> WriteGroup()
    {
        var file = store.Active.File!;
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
            if (batch.Aborted is { } aborted)
            {
                store.Active.Aborted!.Add(aborted);
            }
            sizeBytes += batch.Span.SizeBytes;
            batch.Owner?.Release();
        }
        store.Active.MarkChanged();
        var end = _group[^1].Span.EndOffset;
        _group.Clear();
        _pieces.Clear();
        owner.OnGroupWritten(end, sizeBytes, _isGroupSynced);
    }

    private void Fail(IoStatus status)
    {
        var isNew = !HasFailed;
        HasFailed = true;
        Drop(_group);
        _group.Clear();
        _pieces.Clear();
        Drop(_pending);
        _pending.Clear();
        if (isNew)
        {
            owner.OnWriteFailed(status);
        }
    }

    private static void Drop(IReadOnlyCollection<PendingBatch> batches)
    {
        foreach (var batch in batches)
        {
            batch.Owner?.Release();
            batch.Reached?.Complete(false);
        }
    }
}
