using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Controller;

/// <summary>A topic: its id, which is never used again, and its partitions by index.</summary>
public sealed class TopicImage(string name, Uuid id)
{
    private readonly List<PartitionImage> _partitions = [];

    public string Name { get; } = name;

    public Uuid Id { get; } = id;

    /// <summary>Partition i stands at index i.</summary>
    public IReadOnlyList<PartitionImage> Partitions => _partitions;

    internal void Add(PartitionImage partition)
    {
        Invariant.Assert(partition.Index == _partitions.Count);
        _partitions.Add(partition);
    }

    internal void Replace(PartitionImage partition) => _partitions[partition.Index] = partition;
}
