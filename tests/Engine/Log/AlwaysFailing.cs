using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Engine.Log;

/// <summary>A disk that fails every write.</summary>
internal sealed class AlwaysFailing : IDiskFaults
{
    public DiskFault Decide(in DiskRequest request) =>
        request.Kind == DiskRequestKind.Write ? new DiskFault(IoStatus.Failed) : DiskFault.None;
}
