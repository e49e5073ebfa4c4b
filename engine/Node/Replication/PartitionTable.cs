using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Replication;

/// <summary>The partitions that this node serves, by topic name and by topic id.</summary>
public sealed class PartitionTable
{
    private readonly SortedDictionary<string, List<Partition?>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Uuid, List<Partition?>> _byId = [];

    /// <summary>Every partition, by topic name and index.</summary>
    public IEnumerable<Partition> All
    {
        get
        {
            foreach (var partitions in _byName.Values)
            {
                foreach (var partition in partitions)
                {
                    if (partition is not null)
                    {
                        yield return partition;
                    }
                }
            }
        }
    }

    public bool HasTopic(Uuid id) => _byId.ContainsKey(id);

    public bool HasTopic(string name) => _byName.ContainsKey(name);

    /// <summary>The partition, or null when this node does not serve it.</summary>
    public Partition? Find(string topic, int index) =>
        _byName.TryGetValue(topic, out var partitions) ? At(partitions, index) : null;

    public Partition? Find(Uuid topicId, int index) =>
        _byId.TryGetValue(topicId, out var partitions) ? At(partitions, index) : null;

    public void Add(Partition partition)
    {
        if (!_byName.TryGetValue(partition.Name.Topic, out var partitions))
        {
            partitions = [];
            _byName.Add(partition.Name.Topic, partitions);
            _byId.Add(partition.TopicId, partitions);
        }
        while (partitions.Count <= partition.Name.Partition)
        {
            partitions.Add(null);
        }
        Invariant.Assert(partitions[partition.Name.Partition] is null);
        partitions[partition.Name.Partition] = partition;
    }

    /// <summary>Takes a topic's partitions out and returns them.</summary>
    public IReadOnlyList<Partition> Remove(string topic, Uuid topicId)
    {
        if (!_byName.Remove(topic, out var partitions))
        {
            return [];
        }
        _byId.Remove(topicId);
        return partitions.FindAll(static partition => partition is not null)!;
    }

    private static Partition? At(List<Partition?> partitions, int index) =>
        index >= 0 && index < partitions.Count ? partitions[index] : null;
}
