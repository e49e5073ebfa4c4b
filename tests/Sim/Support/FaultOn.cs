using Testbed.Sim;

namespace Testbed.Tests.Sim;

/// <summary>One fault for operations of one kind: for the first so many, all others go well.</summary>
internal sealed class FaultOn(DiskRequestKind kind, DiskFault fault, int times = int.MaxValue) : IDiskFaults
{
    private int _left = times;

    public static FaultOn Once(DiskRequestKind kind, DiskFault fault) => new(kind, fault, times: 1);

    public DiskFault Decide(in DiskRequest request)
    {
        if (request.Kind != kind || _left == 0)
        {
            return DiskFault.None;
        }
        _left--;
        return fault;
    }
}
