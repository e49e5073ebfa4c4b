using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Makes a file durable, unless the disk lies. After a failed sync the kernel has marked as clean what it
/// could not write: later syncs succeed and prove nothing (Rebello et al., "Can Applications Recover from
/// fsync Failures?", 2020).
/// </summary>
internal sealed class SyncOperation : PlainOperation
{
    private readonly FileNode _file;

    public SyncOperation(SimFile file, DiskRequest request)
        : base(file.Owner, file.Disk, request)
    {
        _file = file.Node;
        Lanes.Add(file.Node.Lane);
    }

    public override IoStatus Apply()
    {
        if (!Disk.IsSyncLying && !_file.IsSyncBroken)
        {
            _file.Sync();
        }
        return IoStatus.Ok;
    }

    public override void Spoil(Prng chance) => _file.IsSyncBroken = true;
}
