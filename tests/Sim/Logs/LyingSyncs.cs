using System;
using Testbed.Sim;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// A disk that says that some files are synced which are not: what an engine would leave that forgot to.
/// </summary>
internal sealed class LyingSyncs(SimDisk disk, Predicate<string> isOfLiar) : IDiskFaults
{
    public DiskFault Decide(in DiskRequest request)
    {
        if (request.Kind is DiskRequestKind.Sync or DiskRequestKind.SyncDirectory or DiskRequestKind.Rename)
        {
            disk.IsSyncLying = isOfLiar(request.Path);
        }
        return DiskFault.None;
    }
}
