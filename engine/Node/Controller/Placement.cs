using System.Collections.Generic;
using System.Linq;

namespace Testbed.Node.Controller;

/// <summary>
/// Which brokers get the replicas of a topic's partitions: one list a partition, preferred leader first.
/// Partition i begins one broker further than partition i - 1, so that leaders spread.
/// </summary>
public static class Placement
{
    public static IReadOnlyList<IReadOnlyList<int>> Spread(
        IReadOnlyList<int> brokers, int firstPartition, int partitionCount, int replicationFactor)
    {
        var placed = new List<IReadOnlyList<int>>();
        for (var partition = firstPartition; partition < firstPartition + partitionCount; partition++)
        {
            placed.Add(
            [
                .. Enumerable.Range(0, replicationFactor)
                    .Select(i => brokers[(partition + i) % brokers.Count]),
            ]);
        }
        return placed;
    }

    /// <summary>Null when an assignment given by hand can be made; otherwise why not.</summary>
    public static string? Problem(IReadOnlyList<IReadOnlyList<int>> assignment, IReadOnlyList<int> brokers)
    {
        foreach (var replicas in assignment)
        {
            if (replicas.Count == 0)
            {
                return "an assignment names at least one broker for each partition";
            }
            if (replicas.Distinct().Count() != replicas.Count)
            {
                return $"the assignment {string.Join(',', replicas)} names a broker twice";
            }
            if (replicas.Any(replica => !brokers.Contains(replica)))
            {
                return $"the assignment {string.Join(',', replicas)} names a broker that is not there; "
                    + $"there are {string.Join(',', brokers)}";
            }
            if (replicas.Count != assignment[0].Count)
            {
                return "all partitions of a topic must have the same number of replicas";
            }
        }
        return null;
    }
}
