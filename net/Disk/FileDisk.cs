using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// One log directory on the machine's file system. Operations run on the disk's own thread in the order they
/// were asked for, and complete on the shard.
/// </summary>
/// <remarks>
/// The exception does most of the work: a write of at most 1 MiB or a read of at most 64 KiB, of a file with
/// nothing queued, runs at once on the shard's thread, because the page cache takes the bytes in less time
/// than handing them over. When that takes long (the kernel holds writers back, the bytes are not in memory),
/// the next second's all go to the disk's thread.
/// </remarks>
public sealed class FileDisk : IDisk, IWork
{
    private const FileShare Anyone = FileShare.ReadWrite | FileShare.Delete;    // .lock guards the directory

    private readonly ShardHost _shard;
    private readonly DirectoryNames _names;
    private readonly bool _portable;
    private readonly DiskThread _thread;
    private readonly HashSet<LogFile> _open = [];    // handles not given back yet
    private long _busyUntilMs;                       // by TickCount64: nothing runs at once before
    private string? _lastFailure;                    // written by both threads

    internal FileDisk(ShardHost shard, string root, bool portable)
    {
        _shard = shard;
        _portable = portable;
        _names = new DirectoryNames(this, root, portable);
        _thread = new DiskThread($"disk {root}", shard.Fail);
        Name = root;
    }

    public string Name { get; }

    /// <summary>
    /// What failed last and why, for messages; null while nothing has. Any thread may read it.
    /// </summary>
    public string? LastFailure => Volatile.Read(ref _lastFailure);

    public EngineOp<OpenedFile> Open(string path, OpenMode mode, long reserveBytes = 0)
    {
        Invariant.Assert(reserveBytes == 0 || mode == OpenMode.CreateEmpty);
        var name = _names.Of(path);
        return Enqueue(
            () => OpenContents(path, name, mode, reserveBytes),
            opened =>
            {
                if (opened.File is LogFile file)
                {
                    _open.Add(file);
                }
            });
    }

    public EngineOp<IoResult> Write(IFile file, long offset, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var log = Own(file);
        var size = DiskFile.SizeOf(pieces);
        Invariant.Assert(offset >= 0 && offset <= log.LengthAsked);
        log.Ask(Math.Max(log.LengthAsked, offset + size));
        if (size > NetLimits.InlineWriteMaxBytes || !MayRunInline(log))
        {
            return EnqueueWrite(log, offset, pieces);
        }
        var beganMs = Environment.TickCount64;
        var result = log.Contents.Write(offset, pieces);
        return CompleteInline(log, result, beganMs);
    }

    public EngineOp<IoResult> Read(IFile file, long offset, Memory<byte> into)
    {
        var log = Own(file);
        Invariant.Assert(offset >= 0);
        if (into.Length > NetLimits.InlineReadMaxBytes || !MayRunInline(log))
        {
            return EnqueueRead(log, offset, into);
        }
        var beganMs = Environment.TickCount64;
        var result = log.Contents.Read(offset, into);
        return CompleteInline(log, result, beganMs);
    }

    public EngineOp<IoResult> Sync(IFile file)
    {
        var log = Own(file);
        return Enqueue(log, log.Contents.Sync);
    }

    public EngineOp<IoResult> Truncate(IFile file, long length)
    {
        var log = Own(file);
        Invariant.Assert(length >= 0 && length <= log.LengthAsked);
        log.Ask(length);
        return Enqueue(log, () => log.Contents.Truncate(length));
    }

    public void Close(IFile file) => Own(file).Close();

    public EngineOp<IoResult> Rename(string from, string to)
    {
        _ = (_names.Of(from), _names.Of(to));
        return Enqueue(() => _names.Rename(from, to));
    }

    public EngineOp<IoResult> Delete(string path)
    {
        _ = _names.Of(path);
        return Enqueue(() => _names.Delete(path));
    }

    public EngineOp<IoResult> CreateDirectory(string path)
    {
        _ = _names.OfDirectory(path);
        return Enqueue(() => _names.CreateDirectory(path));
    }

    public EngineOp<IoResult> SyncDirectory(string path)
    {
        _ = _names.OfDirectory(path);
        return Enqueue(() => _names.SyncDirectory(path));
    }

    public EngineOp<Listing> List(string directory)
    {
        _ = _names.OfDirectory(directory);
        return Enqueue(() => _names.List(directory), null);
    }

    /// <summary>A failure has been noted: the trace hears of it on the shard.</summary>
    void IWork.Run(long token)
    {
        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new DiskOperationFailed(Name, LastFailure!));
        }
    }

    /// <summary>Any thread: notes what failed and says what the engine is told.</summary>
    internal IoStatus Failed(string what, Exception error)
    {
        var status = DiskFailures.StatusOf(error);
        if (status != IoStatus.NotFound)
        {
            Note($"{what}: {error.Message}");
        }
        return status;
    }

    internal void Note(string failure)
    {
        Volatile.Write(ref _lastFailure, failure);
        _shard.Post(this, 0);
    }

    /// <summary>Nobody needs the handle any longer.</summary>
    internal void GiveBack(LogFile file)
    {
        _open.Remove(file);
        _thread.Add(new CloseJob(file.Handle));
    }

    /// <summary>Finishes what was asked for, completes nothing of it, and closes all files.</summary>
    internal void Stop()
    {
        _thread.Stop();
        foreach (var file in _open)
        {
            file.Handle.Dispose();
        }
    }

    private LogFile Own(IFile file)
    {
        var log = file as LogFile;
        Invariant.Assert(_shard.IsOnShard);
        Invariant.Assert(log is not null && log.IsOf(this));
        return log;
    }

    private bool MayRunInline(LogFile file)
    {
        Invariant.Assert(!file.IsClosed);
        return file.QueuedCount == 0 && Environment.TickCount64 >= _busyUntilMs;
    }

    private EngineOp<IoResult> CompleteInline(LogFile file, IoResult result, long beganMs)
    {
        var nowMs = Environment.TickCount64;
        if (nowMs - beganMs >= NetLimits.InlineSlowMs)
        {
            _busyUntilMs = nowMs + NetLimits.InlineRestMs;
            _shard.Trace.Mark("net.disk-busy");
        }
        file.CompleteInline();
        var op = new EngineOp<IoResult>(_shard);
        op.Complete(result);
        return op;
    }

    // Apart, so that only queued operations pay for a closure.
    private EngineOp<IoResult> EnqueueWrite(
        LogFile file, long offset, IReadOnlyList<ReadOnlyMemory<byte>> pieces) =>
        Enqueue(file, () => file.Contents.Write(offset, pieces));

    private EngineOp<IoResult> EnqueueRead(LogFile file, long offset, Memory<byte> into) =>
        Enqueue(file, () => file.Contents.Read(offset, into));

    private EngineOp<IoResult> Enqueue(LogFile file, Func<IoResult> execute)
    {
        file.BeginQueued();
        var lengthAfter = 0L;
        return Enqueue(
            () =>
            {
                var result = execute();
                lengthAfter = file.Contents.Length;
                return result;
            },
            _ => file.EndQueued(lengthAfter));
    }

    private EngineOp<IoResult> Enqueue(Func<IoResult> execute) => Enqueue(execute, null);

    private EngineOp<T> Enqueue<T>(Func<T> execute, Action<T>? finish)
    {
        Invariant.Assert(_shard.IsOnShard);
        var op = new EngineOp<T>(_shard);
        _thread.Add(new DiskJob<T>(_shard, op, execute, finish));
        return op;
    }

    private OpenedFile OpenContents(string path, string name, OpenMode mode, long reserveBytes)
    {
        var how = mode switch
        {
            OpenMode.Existing => FileMode.Open,
            OpenMode.OpenOrCreate => FileMode.OpenOrCreate,
            _ => FileMode.Create,
        };
        try
        {
            var handle = File.OpenHandle(
                name, how, FileAccess.ReadWrite, Anyone, FileOptions.None, reserveBytes);
            var contents = new DiskFile(this, handle, path, _portable);
            return new OpenedFile(IoStatus.Ok, new LogFile(this, path, contents));
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            return new OpenedFile(Failed($"open {path}", error), null);
        }
    }
}
