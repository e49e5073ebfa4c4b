using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>A disk that fails every operation of one kind.</summary>
internal sealed class FailingKind(DiskRequestKind kind, IoStatus status) : IDiskFaults
{
    public DiskFault Decide(in DiskRequest request) =>
        request.Kind == kind ? new DiskFault(status) : DiskFault.None;
}
