using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>
/// A partition as the cluster describes it; replicas are node ids. The eligible leader replicas (KIP-966) are
/// null where brokers cannot tell.
/// </summary>
public sealed record PartitionDescription(
    int Index, ErrorCode Error, NodeId Leader, IReadOnlyList<int> Replicas, IReadOnlyList<int> Isr)
{
    public IReadOnlyList<int>? EligibleLeaders { get; init; }

    public IReadOnlyList<int>? LastKnownEligibleLeaders { get; init; }

    public IReadOnlyList<int> Offline { get; init; } = [];
}
