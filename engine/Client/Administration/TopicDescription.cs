using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>A topic as the cluster describes it; partitions in order of their index.</summary>
public sealed record TopicDescription(string Name, Uuid Id, ErrorCode Error, bool IsInternal)
{
    public IReadOnlyList<PartitionDescription> Partitions { get; init; } = [];
}
