using System;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Engine.Node;

/// <summary>A disk that takes its time for requests of one kind below one path.</summary>
internal sealed class SlowRequests(DiskRequestKind kind, string path, long extraMs) : IDiskFaults
{
    public DiskFault Decide(in DiskRequest request) =>
        request.Kind == kind && request.Path.StartsWith(path, StringComparison.Ordinal)
            ? new DiskFault(ExtraTicks: extraMs * Instant.TicksPerMs)
            : DiskFault.None;
}
