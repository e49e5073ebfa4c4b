using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// One topic as brokers described it; partitions are in order of their index, which starts at 0.
/// </summary>
public sealed class TopicMetadata
{
    private const long NotStale = -1;

    private readonly SortedDictionary<int, PartitionMetadata> _partitions = [];

    /// <summary>
    /// Takes what the answer to a numbered question says, and what of the topic's past still counts.
    /// </summary>
    internal TopicMetadata(string name, MetadataResponseTopic topic, TopicMetadata? before, long question)
    {
        Name = name;
        Id = topic.TopicId;
        Error = topic.ErrorCode;
        foreach (var partition in topic.Partitions)
        {
            _partitions[partition.PartitionIndex] = Newer(Read(partition), before);
        }
        StaleSince = before is not null && before.StaleSince >= question ? before.StaleSince : NotStale;
    }

    public string Name { get; }

    /// <summary>Zero where brokers tell none.</summary>
    public Uuid Id { get; }

    public ErrorCode Error { get; }

    public int PartitionCount => _partitions.Count;

    public IReadOnlyCollection<PartitionMetadata> Partitions => _partitions.Values;

    public bool IsStale => StaleSince != NotStale;

    /// <summary>
    /// Answers to questions up to this number do not make it fresh again; -1 while it is fresh.
    /// </summary>
    private long StaleSince { get; set; }

    public bool TryPartition(int index, out PartitionMetadata partition) =>
        _partitions.TryGetValue(index, out partition!);

    internal void MarkStale(long questionsAsked) => StaleSince = questionsAsked;

    internal void Put(PartitionMetadata partition) => _partitions[partition.Index] = partition;

    /// <summary>
    /// Brokers differ in what they know: of one topic, an older leader epoch never replaces a newer one.
    /// </summary>
    private PartitionMetadata Newer(PartitionMetadata told, TopicMetadata? before)
    {
        var isSameTopic = before is not null && before.Id == Id;
        return isSameTopic && before!.TryPartition(told.Index, out var known) && told.Epoch < known.Epoch
            && told.Epoch != LeaderEpoch.None
            ? known
            : told;
    }

    private static PartitionMetadata Read(MetadataResponsePartition partition) => new(
        partition.PartitionIndex,
        partition.ErrorCode,
        new NodeId(partition.LeaderId),
        new LeaderEpoch(partition.LeaderEpoch),
        partition.ReplicaNodes,
        partition.IsrNodes);
}
