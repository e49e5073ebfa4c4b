using System;
using System.Collections.Generic;
using System.Text;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Wire.Records;

namespace Testbed.Tests.Engine.Log;

/// <summary>A partition's log on a simulated disk, driven by hand.</summary>
internal sealed class LogBench : ILogListener
{
    public static readonly TopicPartition Name = new("t", 0);
    private static readonly NodeId Node = new(1);
    private const string Directory = "t-0";

    private RecordBatchBuilder _builder = null!;

    public LogBench(ulong seed, LogSettings? settings = null)
    {
        Settings = settings ?? LogSettings.Default with { SyncBeforeAcknowledge = true };
        World = new World(seed);
        World.AddNode(Node, shard => Shard = shard);
        World.RunForMs(1);
        Wait(Shard.Disks[0].CreateDirectory(Directory));
        Wait(Shard.Disks[0].SyncDirectory(""));
        Open();
    }

    public World World { get; }

    public IShard Shard { get; private set; } = null!;

    public PartitionLog Log { get; private set; } = null!;

    /// <summary>For the next opening.</summary>
    public LogSettings Settings { get; set; }

    /// <summary>For the next opening.</summary>
    public LogOpening Opening { get; set; } = new() { NewestEpoch = new LeaderEpoch(9) };

    public LogDirectory Place { get; private set; } = null!;

    public SimDisk Device => World.Node(Node).Disks[0];

    /// <summary>WrittenEnd as the listener heard it, newest last.</summary>
    public List<long> Heard { get; } = [];

    public bool HeardOffline { get; private set; }

    public void OnWritten(PartitionLog log, long addedBytes) => Heard.Add(log.WrittenEnd.Value);

    public void OnOffline(PartitionLog log) => HeardOffline = true;

    public void Crash(CrashKind kind)
    {
        World.Crash(Node, kind);
        World.Restart(Node);
        World.RunForMs(1);
        Open();
    }

    /// <summary>Opens the log once more, with nothing gone.</summary>
    public void Reopen() => Open();

    /// <summary>Turns one bit of a file over and syncs it.</summary>
    public void Flip(string path, long bit)
    {
        var old = Device.Contents(path)![bit / 8];
        Overwrite(path, bit / 8, (byte)(old ^ (1 << (int)(bit % 8))));
    }

    /// <summary>Makes a file with this content.</summary>
    public void Create(string path, byte[] content)
    {
        Shard.Disks[0].Close(Wait(Shard.Disks[0].Open(path, OpenMode.CreateEmpty)).File!);
        Overwrite(path, 0, content);
    }

    /// <summary>Puts bytes into a file and syncs it.</summary>
    public void Overwrite(string path, long offset, params byte[] bytes)
    {
        var disk = Shard.Disks[0];
        var file = Wait(disk.Open(path, OpenMode.Existing)).File!;
        Wait(disk.Write(file, offset, [bytes]));
        Wait(disk.Sync(file));
        disk.Close(file);
    }

    /// <summary>Takes a file away for good.</summary>
    public void Delete(string path)
    {
        Wait(Shard.Disks[0].Delete(path));
        Wait(Shard.Disks[0].SyncDirectory(Directory));
    }

    /// <summary>Appends one batch of records with these values, the time of each being its length.</summary>
    public AppendedBatch Append(params string[] values) => Append(RecordBatchOptions.Default, 0, values);

    public AppendedBatch Append(RecordBatchOptions options, int epoch, params string[] values)
    {
        _builder.Begin(options);
        foreach (var value in values)
        {
            _builder.Append(value.Length, OptionalBytes.Null, Encoding.UTF8.GetBytes(value));
        }
        return AppendBuilt(epoch);
    }

    /// <summary>Appends the marker that aborts this producer's transaction.</summary>
    public AppendedBatch AppendAbort(RecordBatchOptions producer)
    {
        _builder.Begin(producer with { BaseSequence = -1, IsTransactional = true, IsControl = true });
        new EndTransactionMarker(0).AppendTo(_builder, timestampMs: 1, isCommit: false);
        return AppendBuilt(0);
    }

    /// <summary>Appends and waits until it is written.</summary>
    public AppendedBatch AppendAndWait(params string[] values)
    {
        var appended = Append(values);
        Settle();
        return appended;
    }

    public void Settle() => Wait(Log.Finish());

    /// <summary>The values of the whole batches that a fetch from this offset gets.</summary>
    public List<string> Read(
        long from, int maxBytes = int.MaxValue, bool atLeastOne = true, long? bound = null)
    {
        var end = bound is null ? Log.WrittenEnd : new Offset(bound.Value);
        var slice = Wait(Log.Read(new Offset(from), end, maxBytes, atLeastOne));
        if (slice.SizeBytes == 0)
        {
            return [];
        }
        var bytes = new byte[slice.SizeBytes];
        Wait(Shard.Disks[0].Read(slice.Range.File, slice.Range.Offset, bytes));
        slice.Release();
        return Values(bytes);
    }

    public T Wait<T>(EngineTask<T> task)
    {
        if (!World.RunWhile(() => !task.IsCompleted, World.Now.PlusMs(60_000)))
        {
            throw new InvalidOperationException($"does not complete: {World.Violation}");
        }
        return task.GetAwaiter().GetResult();
    }

    public void Wait(EngineTask task)
    {
        if (!World.RunWhile(() => !task.IsCompleted, World.Now.PlusMs(60_000)))
        {
            throw new InvalidOperationException($"does not complete: {World.Violation}");
        }
        task.GetAwaiter().GetResult();
    }

    public T Wait<T>(EngineOp<T> operation)
    {
        if (!World.RunWhile(() => !operation.IsCompleted, World.Now.PlusMs(60_000)))
        {
            throw new InvalidOperationException($"does not complete: {World.Violation}");
        }
        return operation.Result;
    }

    private AppendedBatch AppendBuilt(int epoch)
    {
        if (_builder.Build(out var batch) != CompressStatus.Ok)
        {
            throw new InvalidOperationException("the batch cannot be built");
        }
        var appended = Log.Append(batch.Memory, batch.Lease, new LeaderEpoch(epoch));
        batch.Release();
        return appended;
    }

    private void Open()
    {
        _builder = new RecordBatchBuilder(Shard.Buffers);
        Place = new LogDirectory(Shard, Shard.Disks[0], Uuid.Zero);
        Log = Wait(LogOpener.Open(Shard, Place, Directory, Name, Settings, Opening));
        Log.Listen(this);
    }

    private static List<string> Values(byte[] bytes)
    {
        var values = new List<string>();
        var batches = new RecordBatchReader(bytes);
        while (batches.TryRead(out var batch))
        {
            var records = new RecordReader(batch.Body, batch.RecordsCount);
            while (records.TryRead(out var record))
            {
                values.Add($"{batch.OffsetOf(record)}:{Encoding.UTF8.GetString(record.Value.Bytes)}");
            }
        }
        return values;
    }
}
