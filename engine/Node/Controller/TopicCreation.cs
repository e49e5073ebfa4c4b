using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Settings;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Controller;

/// <summary>
/// Decides on one topic of a CreateTopics request (KIP-4): an error, or the records that make the topic.
/// </summary>
public static class TopicCreation
{
    /// <summary>
    /// Checks the wish against the image. An error, or how many partitions with how many replicas where.
    /// </summary>
    public static TopicPlan Plan(
        MetadataImage image, TopicDefaults defaults, CreateTopicsRequestCreatableTopic wish)
    {
        if (TopicNames.Problem(wish.Name) is { } nameProblem)
        {
            return TopicPlan.Refused(ErrorCode.InvalidTopicException, nameProblem);
        }
        if (wish.Name == TopicNames.Metadata)
        {
            return TopicPlan.Refused(
                ErrorCode.InvalidRequest, $"{wish.Name} is the cluster's own log and cannot be a topic");
        }
        if (image.Topic(wish.Name) is not null)
        {
            return TopicPlan.Refused(ErrorCode.TopicAlreadyExists, $"topic '{wish.Name}' already exists");
        }
        if (TopicNames.Collision(wish.Name, image.Topics) is { } other)
        {
            return TopicPlan.Refused(
                ErrorCode.InvalidTopicException,
                $"topic '{wish.Name}' collides with existing topic '{other}': "
                + "'.' and '_' are the same in metrics");
        }
        if (ConfigProblem(wish.Configs) is { } configProblem)
        {
            return TopicPlan.Refused(ErrorCode.InvalidConfig, configProblem);
        }
        return wish.Assignments.Count > 0 ? PlanByHand(image, wish) : PlanBySpreading(image, defaults, wish);
    }

    /// <summary>The records that make a planned topic, in the order Kafka writes them.</summary>
    public static IReadOnlyList<IMetadataRecord> Records(
        MetadataImage image, TopicPlan plan, Uuid topicId, CreateTopicsRequestCreatableTopic wish)
    {
        var records = new List<IMetadataRecord> { new TopicRecord { Name = wish.Name, TopicId = topicId } };
        foreach (var config in wish.Configs)
        {
            records.Add(new ConfigRecord
            {
                ResourceType = (sbyte)ConfigResourceType.Topic,
                ResourceName = wish.Name,
                Name = config.Name,
                Value = config.Value,
            });
        }
        for (var i = 0; i < plan.Assignment.Count; i++)
        {
            records.Add(NewPartition(image, topicId, i, plan.Assignment[i]));
        }
        return records;
    }

    /// <summary>A partition nobody has led yet: its first replica leads in epoch 0.</summary>
    internal static PartitionRecord NewPartition(
        MetadataImage image, Uuid topicId, int index, IReadOnlyList<int> replicas) => new()
    {
        PartitionId = index,
        TopicId = topicId,
        Replicas = [.. replicas],
        Isr = [.. replicas],
        Leader = replicas[0],
        LeaderEpoch = 0,
        PartitionEpoch = 0,
        Directories = [.. replicas.Select(replica => DirectoryFor(image, replica, topicId, index))],
    };

    /// <summary>Partitions spread over the log directories of their broker.</summary>
    private static Uuid DirectoryFor(MetadataImage image, int broker, Uuid topicId, int index)
    {
        var directories = image.Broker(new NodeId(broker))!.Directories;
        var hash = StableHash.Finish(StableHash.Add(StableHash.Seed, unchecked((long)topicId.Low) ^ index));
        return directories[(int)(hash % (ulong)directories.Count)];
    }

    private static string? ConfigProblem(List<CreateTopicsRequestCreatableTopicConfig> configs)
    {
        foreach (var config in configs)
        {
            if (TopicSettings.Problem(config.Name, config.Value) is { } problem)
            {
                return problem;
            }
        }
        return null;
    }

    private static TopicPlan PlanByHand(MetadataImage image, CreateTopicsRequestCreatableTopic wish)
    {
        if (wish.NumPartitions != -1 || wish.ReplicationFactor != -1)
        {
            return TopicPlan.Refused(
                ErrorCode.InvalidRequest,
                "with an assignment, partitions and replication factor must both be -1");
        }
        var ordered = wish.Assignments.OrderBy(static row => row.PartitionIndex).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            if (ordered[i].PartitionIndex != i)
            {
                return TopicPlan.Refused(
                    ErrorCode.InvalidReplicaAssignment,
                    "an assignment numbers the partitions from 0 without a gap");
            }
        }
        IReadOnlyList<IReadOnlyList<int>> assignment = [.. ordered.Select(static row => row.BrokerIds)];
        var problem = Placement.Problem(assignment, Brokers(image));
        return problem is null
            ? new TopicPlan(null, assignment)
            : TopicPlan.Refused(ErrorCode.InvalidReplicaAssignment, problem);
    }

    private static TopicPlan PlanBySpreading(
        MetadataImage image, TopicDefaults defaults, CreateTopicsRequestCreatableTopic wish)
    {
        var partitions = wish.NumPartitions == -1 ? defaults.PartitionCount : wish.NumPartitions;
        var replicas = wish.ReplicationFactor == -1 ? defaults.ReplicationFactor : wish.ReplicationFactor;
        var brokers = Brokers(image);
        if (partitions < 1 || partitions > Limits.PartitionsPerTopic)
        {
            return TopicPlan.Refused(
                ErrorCode.InvalidPartitions,
                $"{partitions} partitions: allowed is 1 to {Limits.PartitionsPerTopic}, "
                + "or -1 for the default");
        }
        if (replicas < 1 || replicas > brokers.Count)
        {
            return TopicPlan.Refused(
                ErrorCode.InvalidReplicationFactor,
                $"replication factor {replicas}: allowed is 1 to the number of brokers, {brokers.Count}, "
                + "or -1 for the default");
        }
        return new TopicPlan(null, Placement.Spread(brokers, 0, partitions, replicas));
    }

    internal static IReadOnlyList<int> Brokers(MetadataImage image) =>
        [.. image.LiveBrokers.Select(static broker => broker.Id.Value)];
}
