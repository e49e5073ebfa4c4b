using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Controller;

/// <summary>
/// Decides on one topic of a CreatePartitions request (KIP-195): partitions are added, never taken away.
/// </summary>
public static class PartitionGrowth
{
    public static TopicPlan Plan(MetadataImage image, CreatePartitionsRequestTopic wish)
    {
        var topic = image.Topic(wish.Name);
        if (topic is null)
        {
            return TopicPlan.Refused(ErrorCode.UnknownTopicOrPartition, $"there is no topic '{wish.Name}'");
        }
        var present = topic.Partitions.Count;
        if (wish.Count <= present || wish.Count > Limits.PartitionsPerTopic)
        {
            return TopicPlan.Refused(
                ErrorCode.InvalidPartitions,
                $"topic '{wish.Name}' has {present} partitions; "
                + $"{wish.Count} is not more, or above {Limits.PartitionsPerTopic}");
        }
        var added = wish.Count - present;
        var brokers = TopicCreation.Brokers(image);
        var replicationFactor = topic.Partitions[0].Replicas.Count;
        if (wish.Assignments is null)
        {
            return replicationFactor <= brokers.Count
                ? new TopicPlan(null, Placement.Spread(brokers, present, added, replicationFactor))
                : TopicPlan.Refused(
                    ErrorCode.InvalidReplicationFactor,
                    $"topic '{wish.Name}' has {replicationFactor} replicas, "
                    + $"but only {brokers.Count} brokers are there");
        }
        return PlanByHand(wish, added, replicationFactor, brokers);
    }

    public static IReadOnlyList<IMetadataRecord> Records(
        MetadataImage image, TopicImage topic, TopicPlan plan)
    {
        var records = new List<IMetadataRecord>();
        for (var i = 0; i < plan.Assignment.Count; i++)
        {
            records.Add(
                TopicCreation.NewPartition(image, topic.Id, topic.Partitions.Count + i, plan.Assignment[i]));
        }
        return records;
    }

    private static TopicPlan PlanByHand(
        CreatePartitionsRequestTopic wish, int added, int replicationFactor, IReadOnlyList<int> brokers)
    {
        IReadOnlyList<IReadOnlyList<int>> assignment =
            [.. wish.Assignments!.Select(static row => row.BrokerIds)];
        var problem = assignment.Count != added
            ? $"{added} partitions are added, but the assignment has {assignment.Count}"
            : Placement.Problem(assignment, brokers);
        if (problem is null && assignment[0].Count != replicationFactor)
        {
            problem = $"topic '{wish.Name}' has {replicationFactor} replicas, "
                + $"the assignment has {assignment[0].Count}";
        }
        return problem is null
            ? new TopicPlan(null, assignment)
            : TopicPlan.Refused(ErrorCode.InvalidReplicaAssignment, problem);
    }
}
