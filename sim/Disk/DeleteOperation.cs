using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Takes the name of a file or of an empty directory away; open handles of the file go on working.
/// </summary>
internal sealed class DeleteOperation(SimShard shard, SimDisk disk, DiskRequest request)
    : PlainOperation(shard, disk, request)
{
    public override IoStatus Apply()
    {
        var parent = Disk.Tree.FindDirectory(DiskTree.ParentOf(Request.Path));
        switch (parent?.Live.GetValueOrDefault(DiskTree.NameOf(Request.Path)))
        {
            case null:
                return IoStatus.NotFound;
            case DirectoryNode { Live.Count: > 0 }:
                return IoStatus.Failed;
            default:
                Disk.Tree.Names.Change(new NameSlot(parent, DiskTree.NameOf(Request.Path), null));
                return IoStatus.Ok;
        }
    }
}
