using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>Makes a directory and its parents; their names are not durable yet.</summary>
internal sealed class CreateDirectoryOperation(SimShard shard, SimDisk disk, DiskRequest request)
    : PlainOperation(shard, disk, request)
{
    public override IoStatus Apply()
    {
        var directory = Disk.Tree.Root;
        foreach (var name in Request.Path.Split('/'))
        {
            switch (directory.Live.GetValueOrDefault(name))
            {
                case null:
                    var made = new DirectoryNode(Disk.Tree.NextId());
                    Disk.Tree.Names.Change(new NameSlot(directory, name, made));
                    directory = made;
                    break;
                case DirectoryNode inner:
                    directory = inner;
                    break;
                default:
                    return IoStatus.Failed;    // a file
            }
        }
        return IoStatus.Ok;
    }
}
