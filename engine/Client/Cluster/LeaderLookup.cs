using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Client;

/// <summary>The leader of a partition, or why none is known.</summary>
public readonly record struct LeaderLookup(ErrorCode Error, PartitionLeader Leader)
{
    public bool IsFound => Error == ErrorCode.None;

    internal static LeaderLookup Failed(ErrorCode error) =>
        new(error, new PartitionLeader(NodeId.None, LeaderEpoch.None, Uuid.Zero));
}
