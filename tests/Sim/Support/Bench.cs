using System;
using System.Text;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Sim;

/// <summary>
/// A world with one node, whose disk a test drives by hand: each call runs the world until it has completed.
/// </summary>
internal sealed class Bench
{
    public static readonly NodeId Id = new(1);

    public Bench(ulong seed)
        : this(new WorldOptions { Seed = seed })
    {
    }

    public Bench(WorldOptions options)
    {
        World = new World(options);
        World.AddNode(Id, shard => Shard = shard);
        World.RunForMs(1);
    }

    public World World { get; }

    public IShard Shard { get; private set; } = null!;

    public IDisk Disk => Shard.Disks[0];

    public SimDisk Device => World.Node(Id).Disks[0];

    /// <summary>Crashes the node and starts it again.</summary>
    public void Crash(CrashKind kind)
    {
        World.Crash(Id, kind);
        World.Restart(Id);
        World.RunForMs(1);
    }

    public T Wait<T>(EngineOp<T> operation)
    {
        if (!World.RunWhile(() => !operation.IsCompleted, World.Now.PlusMs(60_000)))
        {
            throw new InvalidOperationException($"does not complete: {World.Violation}");
        }
        return operation.Result;
    }

    public IFile Open(string path, OpenMode mode = OpenMode.OpenOrCreate) =>
        Wait(Disk.Open(path, mode)).File!;

    public IoStatus Write(IFile file, long offset, string text) =>
        Wait(Disk.Write(file, offset, [Encoding.ASCII.GetBytes(text)])).Status;

    public IoStatus Write(IFile file, long offset, byte[] bytes) =>
        Wait(Disk.Write(file, offset, [bytes])).Status;

    public IoStatus Sync(IFile file) => Wait(Disk.Sync(file)).Status;

    public IoStatus SyncDirectory(string path = "") => Wait(Disk.SyncDirectory(path)).Status;

    /// <summary>What a program finds in the file; null when there is none.</summary>
    public string? Text(string path) =>
        Device.Contents(path) is { } bytes ? Encoding.Latin1.GetString(bytes) : null;
}
