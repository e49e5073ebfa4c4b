using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Models.Histories;

namespace Testbed.Sim.Workloads;

/// <summary>
/// What the run knows beyond any node's memory: the history of every partition, and who is done with its
/// work. A promise that breaks ends the run at once.
/// </summary>
public sealed class Ghost
{
    private readonly World _world;
    private readonly List<PartitionHistory> _partitions = [];

    public Ghost(World world, int partitionCount)
    {
        _world = world;
        for (var i = 0; i < partitionCount; i++)
        {
            _partitions.Add(new PartitionHistory($"{WorkloadSettings.Topic}-{i}"));
        }
    }

    public IReadOnlyList<PartitionHistory> Partitions => _partitions;

    /// <summary>Producers draw their numbers here, so that no incarnation uses another's.</summary>
    public long ProducersStarted { get; set; }

    /// <summary>
    /// Nodes whose producer has heard of every record, and had one more stored in each partition afterwards.
    /// </summary>
    public SortedSet<int> ProducersDone { get; } = [];

    public bool IsReadBack { get; set; }

    /// <summary>Of the compacted topic.</summary>
    public LatestValues Latest { get; } = new($"{WorkloadSettings.LatestTopic}-0");

    public bool IsLatestRead { get; set; }

    public long AcknowledgedCount
    {
        get
        {
            var count = 0L;
            foreach (var partition in _partitions)
            {
                count += partition.AcknowledgedCount;
            }
            return count;
        }
    }

    /// <summary>Ends the run when <paramref name="problem"/> is one.</summary>
    public void Check(string? problem, NodeId node)
    {
        if (problem is not null)
        {
            _world.Fail(problem, node);
        }
    }
}
