using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>Makes the names in a directory durable, unless the disk lies.</summary>
internal sealed class SyncDirectoryOperation(SimShard shard, SimDisk disk, DiskRequest request)
    : PlainOperation(shard, disk, request)
{
    public override IoStatus Apply()
    {
        var directory = Disk.Tree.FindDirectory(Request.Path);
        if (directory is null)
        {
            return IoStatus.NotFound;
        }
        if (!Disk.IsSyncLying)
        {
            Disk.Tree.Names.Sync(directory);
        }
        return IoStatus.Ok;
    }
}
