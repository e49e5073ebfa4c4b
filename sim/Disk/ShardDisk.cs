using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// One log directory as one incarnation has it. Checks that requests make sense and hands them to the disk;
/// what a dead incarnation asks for never completes. For the order of operations a path means what it names
/// when they are asked for.
/// </summary>
internal sealed class ShardDisk(SimShard shard, SimDisk disk) : IDisk
{
    public string Name => disk.Name;

    public EngineOp<OpenedFile> Open(string path, OpenMode mode, long reserveBytes = 0)
    {
        Invariant.Assert(reserveBytes == 0 || mode == OpenMode.CreateEmpty);
        var open = new OpenOperation(shard, disk, Request(DiskRequestKind.Open, path), mode);
        AddLanesOf(open, path);
        Submit(open);
        return open.Result;
    }

    public EngineOp<IoResult> Write(IFile file, long offset, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var handle = Own(file);
        var count = 0;
        for (var index = 0; index < pieces.Count; index++)
        {
            count += pieces[index].Length;
        }
        Invariant.Assert(offset >= 0 && offset <= handle.Node.ExpectedLength);
        if (shard.IsAlive)
        {
            handle.Node.ExpectedLength = Math.Max(handle.Node.ExpectedLength, offset + count);
        }
        var request = Request(DiskRequestKind.Write, file.Path, offset, count);
        return Submit(new WriteOperation(handle, request, pieces));
    }

    public EngineOp<IoResult> Read(IFile file, long offset, Memory<byte> into)
    {
        Invariant.Assert(offset >= 0);
        return Submit(new ReadOperation(
            Own(file), Request(DiskRequestKind.Read, file.Path, offset, into.Length), into));
    }

    public EngineOp<IoResult> Sync(IFile file) =>
        Submit(new SyncOperation(Own(file), Request(DiskRequestKind.Sync, file.Path)));

    public EngineOp<IoResult> Truncate(IFile file, long length)
    {
        var handle = Own(file);
        Invariant.Assert(length >= 0 && length <= handle.Node.ExpectedLength);
        if (shard.IsAlive)
        {
            handle.Node.ExpectedLength = length;
        }
        return Submit(new TruncateOperation(handle, Request(DiskRequestKind.Truncate, file.Path, length)));
    }

    public void Close(IFile file)
    {
        if (shard.MayAct())
        {
            Own(file).IsOpen = false;
        }
    }

    public EngineOp<IoResult> Rename(string from, string to)
    {
        Invariant.Assert(to.Length > 0);
        var rename = new RenameOperation(shard, disk, Request(DiskRequestKind.Rename, from), to);
        AddLanesOf(rename, from);
        AddLanesOf(rename, to);
        return Submit(rename);
    }

    public EngineOp<IoResult> Delete(string path)
    {
        var delete = new DeleteOperation(shard, disk, Request(DiskRequestKind.Delete, path));
        AddLanesOf(delete, path);
        return Submit(delete);
    }

    public EngineOp<IoResult> CreateDirectory(string path)
    {
        var request = Request(DiskRequestKind.CreateDirectory, path);
        var create = new CreateDirectoryOperation(shard, disk, request);
        AddLanesOf(create, path);
        return Submit(create);
    }

    public EngineOp<IoResult> SyncDirectory(string path)
    {
        var sync = new SyncDirectoryOperation(shard, disk, Request(DiskRequestKind.SyncDirectory, path));
        AddLane(sync, disk.Tree.FindDirectory(path) ?? disk.Tree.Root);
        return Submit(sync);
    }

    public EngineOp<Listing> List(string directory)
    {
        var list = new ListOperation(shard, disk, Request(DiskRequestKind.List, directory));
        AddLane(list, disk.Tree.FindDirectory(directory) ?? disk.Tree.Root);
        Submit(list);
        return list.Result;
    }

    private static void AddLane(DiskOperation operation, DiskNode? node)
    {
        if (node is not null && !operation.Lanes.Contains(node.Lane))
        {
            operation.Lanes.Add(node.Lane);
        }
    }

    /// <summary>The lanes of the directory that holds the name, and of what has the name now.</summary>
    private void AddLanesOf(DiskOperation operation, string path)
    {
        Invariant.Assert(path.Length > 0);
        AddLane(operation, disk.Tree.FindDirectory(DiskTree.ParentOf(path)) ?? disk.Tree.Root);
        AddLane(operation, disk.Tree.Find(path));
    }

    private EngineOp<IoResult> Submit(PlainOperation operation)
    {
        Submit((DiskOperation)operation);
        return operation.Result;
    }

    private void Submit(DiskOperation operation)
    {
        if (shard.MayAct())
        {
            disk.Submit(operation);
        }
    }

    private SimFile Own(IFile file)
    {
        var handle = (SimFile)file;
        Invariant.Assert(ReferenceEquals(handle.Disk, disk) && ReferenceEquals(handle.Owner, shard));
        Invariant.Assert(handle.IsOpen);
        return handle;
    }

    private DiskRequest Request(DiskRequestKind kind, string path, long offset = 0, int count = 0) =>
        new(shard.Id.Node, disk.Name, kind, path, offset, count);
}
