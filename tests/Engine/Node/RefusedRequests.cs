using System;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Engine.Node;

/// <summary>A disk that refuses some requests, always.</summary>
internal sealed class RefusedRequests(IoStatus status, Predicate<DiskRequest> isRefused) : IDiskFaults
{
    public DiskFault Decide(in DiskRequest request) =>
        isRefused(request) ? new DiskFault(status) : DiskFault.None;
}
