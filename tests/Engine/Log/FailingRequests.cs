using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Engine.Log;

/// <summary>A disk that fails requests of one kind: so many of them, at first, or all.</summary>
internal sealed class FailingRequests(
    DiskRequestKind kind, IoStatus status = IoStatus.Failed, int count = int.MaxValue) : IDiskFaults
{
    private int _left = count;

    public DiskFault Decide(in DiskRequest request) =>
        request.Kind == kind && _left-- > 0 ? new DiskFault(status) : DiskFault.None;
}
