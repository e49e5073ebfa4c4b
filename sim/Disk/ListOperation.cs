using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>Reads the names in a directory, and the sizes and times of the files.</summary>
internal sealed class ListOperation(SimShard shard, SimDisk disk, DiskRequest request)
    : DiskOperation(shard, disk, request)
{
    private readonly List<string> _names = [];
    private readonly List<long> _sizes = [];
    private readonly List<long> _modifiedMs = [];

    public EngineOp<Listing> Result { get; } = new(shard);

    public override IoStatus Apply()
    {
        var directory = Disk.Tree.FindDirectory(Request.Path);
        if (directory is null)
        {
            return IoStatus.NotFound;
        }
        var entries = new SortedDictionary<string, DiskNode>(StringComparer.Ordinal);
        foreach (var (name, node) in directory.Live)
        {
            entries.Add(node is DirectoryNode ? $"{name}/" : name, node);
        }
        foreach (var (name, node) in entries)
        {
            _names.Add(name);
            _sizes.Add((node as FileNode)?.Length ?? 0);
            _modifiedMs.Add((node as FileNode)?.ModifiedMs ?? 0);
        }
        return IoStatus.Ok;
    }

    public override void Complete(IoStatus status) =>
        Result.Complete(new Listing(status, _names, _sizes, _modifiedMs));
}
