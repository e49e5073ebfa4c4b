using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Engine.Node;

/// <summary>A disk whose writes each take this much longer.</summary>
internal sealed class SlowWrites(long ms) : IDiskFaults
{
    public DiskFault Decide(in DiskRequest request) =>
        request.Kind == DiskRequestKind.Write
            ? new DiskFault(ExtraTicks: ms * Instant.TicksPerMs)
            : DiskFault.None;
}
