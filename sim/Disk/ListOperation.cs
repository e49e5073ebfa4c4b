using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>Reads the names in a directory.</summary>
internal sealed class ListOperation(SimShard shard, SimDisk disk, DiskRequest request)
    : DiskOperation(shard, disk, request)
{
    private readonly List<string> _names = [];

    public EngineOp<Listing> Result { get; } = new(shard);

    public override IoStatus Apply()
    {
        var directory = Disk.Tree.FindDirectory(Request.Path);
        if (directory is null)
        {
            return IoStatus.NotFound;
        }
        foreach (var (name, node) in directory.Live)
        {
            _names.Add(node is DirectoryNode ? $"{name}/" : name);
        }
        _names.Sort(StringComparer.Ordinal);
        return IoStatus.Ok;
    }

    public override void Complete(IoStatus status) => Result.Complete(new Listing(status, _names));
}
