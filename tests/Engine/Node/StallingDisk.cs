using Testbed.Sim;

namespace Testbed.Tests.Engine.Node;

/// <summary>A disk whose writes take half a minute while it is stalled.</summary>
internal sealed class StallingDisk : IDiskFaults
{
    private const long StallTicks = 30 * 10_000_000L;

    public bool IsStalled { get; set; }

    public DiskFault Decide(in DiskRequest request) =>
        IsStalled && request.Kind == DiskRequestKind.Write
            ? new DiskFault(ExtraTicks: StallTicks)
            : DiskFault.None;
}
