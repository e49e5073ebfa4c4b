using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>Gives a file or directory another name, and syncs the directory it now is in.</summary>
internal sealed class RenameOperation(SimShard shard, SimDisk disk, DiskRequest request, string to)
    : PlainOperation(shard, disk, request)
{
    public override IoStatus Apply()
    {
        var status = Rename();
        if (status == IoStatus.Ok && !Disk.IsSyncLying)
        {
            Disk.Tree.Names.Sync(Disk.Tree.FindDirectory(DiskTree.ParentOf(to))!);
        }
        return status;
    }

    public override void Interrupt(Prng chance)
    {
        if (chance.Chance(1, 2))
        {
            Rename();
        }
    }

    private IoStatus Rename()
    {
        var tree = Disk.Tree;
        var source = tree.FindDirectory(DiskTree.ParentOf(Request.Path));
        var target = tree.FindDirectory(DiskTree.ParentOf(to));
        var moved = source?.Live.GetValueOrDefault(DiskTree.NameOf(Request.Path));
        if (source is null || target is null || moved is null)
        {
            return IoStatus.NotFound;
        }
        var replaced = target.Live.GetValueOrDefault(DiskTree.NameOf(to));
        if (ReferenceEquals(moved, replaced))
        {
            return IoStatus.Ok;
        }
        var isInsideItself = to.StartsWith($"{Request.Path}/", StringComparison.Ordinal);
        if (replaced is DirectoryNode || (moved is DirectoryNode && (replaced is not null || isInsideItself)))
        {
            return IoStatus.Failed;
        }
        tree.Names.Change(
            new NameSlot(source, DiskTree.NameOf(Request.Path), null),
            new NameSlot(target, DiskTree.NameOf(to), moved));
        return IoStatus.Ok;
    }
}
