using System.Collections.Generic;
using Testbed.Sim;

namespace Testbed.Tests.Engine.Node;

/// <summary>A disk without faults that is watched.</summary>
internal sealed class WatchedRequests : IDiskFaults
{
    /// <summary>What the disk has begun, oldest first.</summary>
    public List<DiskRequest> Requests { get; } = [];

    public DiskFault Decide(in DiskRequest request)
    {
        Requests.Add(request);
        return DiskFault.None;
    }
}
