using System.Collections.Generic;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Runner;

/// <summary>
/// Finds the partitions to read, and where each begins and ends. Partitions added to the topic later are not
/// seen.
/// </summary>
internal sealed class ReadingPlanner(
    ClusterClient cluster, string topic, IsolationLevel isolation, IReadOnlyList<NetworkAddress> bootstrap)
{
    private readonly OffsetFinder _offsets = new(cluster);

    /// <summary>
    /// Throws <see cref="CommandException"/> when the topic, the partition or the offset is not there.
    /// </summary>
    public async EngineTask<List<ReadingPlan>> Plan(int? onlyPartition, long begin, bool endsNow)
    {
        var described = await new Admin(cluster).DescribeTopics([topic], ClientSession.PatienceMs);
        if (!described.IsOk)
        {
            throw ClientErrors.Of(described, bootstrap);
        }
        var plans = new List<ReadingPlan>();
        foreach (var partition in Partitions(described.Value[0], onlyPartition))
        {
            plans.Add(await Plan(partition, begin, endsNow));
        }
        return plans;
    }

    private List<TopicPartition> Partitions(TopicDescription described, int? only)
    {
        if (described.Error != ErrorCode.None)
        {
            throw ClientErrors.OfTopic(topic, described.Error);
        }
        if (only >= described.Partitions.Count)
        {
            throw new CommandException(
                $"--partition {only}: topic '{topic}' has partitions 0 to {described.Partitions.Count - 1}");
        }
        var partitions = new List<TopicPartition>();
        for (var i = 0; i < described.Partitions.Count; i++)
        {
            if (only is null || only == i)
            {
                partitions.Add(new TopicPartition(topic, i));
            }
        }
        return partitions;
    }

    private async EngineTask<ReadingPlan> Plan(TopicPartition partition, long begin, bool endsNow)
    {
        var first = await Find(partition, OffsetFinder.Earliest);
        var last = await Find(partition, OffsetFinder.Latest);
        if (begin >= 0 && (begin < first.Value || begin > last.Value))
        {
            throw new CommandException(
                $"--offset {begin}: partition {partition.Partition} of '{topic}' has {first} to {last}; "
                + "begin there, or with --offset earliest or --offset latest");
        }
        var at = begin switch
        {
            OffsetFinder.Earliest => first,
            OffsetFinder.Latest => last,
            _ => new Offset(begin),
        };
        return new ReadingPlan(partition, at, endsNow ? last : null);
    }

    private async EngineTask<Offset> Find(TopicPartition partition, long spec)
    {
        var deadline = cluster.Shard.Now.PlusMs(ClientSession.PatienceMs);
        var answer = await _offsets.Find(partition, spec, isolation, deadline);
        return answer.Error == ErrorCode.None
            ? answer.Offset
            : throw new CommandException(
                $"partition {partition.Partition} of '{topic}' cannot be read: "
                + ClientErrors.Words(answer.Error));
    }
}
