using System.Collections.Generic;
using Testbed.Wire;

namespace Testbed.Node.Controller;

/// <summary>What will become of a topic: an error, or the brokers of each of its partitions.</summary>
public sealed record TopicPlan(AdminError? Error, IReadOnlyList<IReadOnlyList<int>> Assignment)
{
    public int PartitionCount => Assignment.Count;

    public int ReplicationFactor => Assignment[0].Count;

    public static TopicPlan Refused(ErrorCode code, string message) => new(new AdminError(code, message), []);
}
