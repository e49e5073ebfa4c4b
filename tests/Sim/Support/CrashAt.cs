using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Sim;

/// <summary>Nothing goes wrong on the disk, but its node crashes when an operation begins.</summary>
internal sealed class CrashAt(World world, NodeId node, int operations, CrashKind kind) : IDiskFaults
{
    private int _begun;

    public DiskFault Decide(in DiskRequest request)
    {
        if (++_begun == operations)
        {
            world.Crash(node, kind);
        }
        return DiskFault.None;
    }
}
