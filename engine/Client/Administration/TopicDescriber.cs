using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// Describes topics: page by page with eligible leaders where brokers have DescribeTopicPartitions (KIP-966),
/// otherwise by Metadata.
/// </summary>
internal sealed class TopicDescriber(ClusterClient cluster)
{
    private const short MetadataVersionMin = 4;

    /// <summary>All topics there are, in ordinal order.</summary>
    public async EngineTask<AdminResult<IReadOnlyList<TopicDescription>>> List(long timeoutMs)
    {
        var request = new MetadataRequest { Topics = null, AllowAutoTopicCreation = false };
        return await ByMetadata(request, timeoutMs);
    }

    /// <summary>These topics, in ordinal order; one that does not exist has an error.</summary>
    public async EngineTask<AdminResult<IReadOnlyList<TopicDescription>>> Describe(
        IReadOnlyList<string> names, long timeoutMs)
    {
        var deadline = cluster.Shard.Now.PlusMs(timeoutMs);
        var request = new DescribeTopicPartitionsRequest();
        foreach (var name in Sorted(names))
        {
            request.Topics.Add(new DescribeTopicPartitionsRequestTopicRequest { Name = name });
        }
        var described = new List<TopicDescription>();
        while (true)
        {
            var terms = new RequestTerms(Math.Max(1, deadline.MsSince(cluster.Shard.Now)));
            var outcome = await cluster.SendToAny<DescribeTopicPartitionsResponse>(
                request, terms, isRepeatable: true);
            if (outcome.Status == RequestStatus.Unsupported)
            {
                return await ByMetadata(MetadataFor(names), terms.TimeoutMs);
            }
            if (!outcome.TryResponse(out var page))
            {
                return AdminResult<IReadOnlyList<TopicDescription>>.NoAnswer(outcome);
            }
            AddPage(page, described);
            if (page.NextCursor is not { } next)
            {
                return AdminResult<IReadOnlyList<TopicDescription>>.Ok(described);
            }
            request.Cursor = new DescribeTopicPartitionsRequestCursor
            {
                TopicName = next.TopicName,
                PartitionIndex = next.PartitionIndex,
            };
        }
    }

    private async EngineTask<AdminResult<IReadOnlyList<TopicDescription>>> ByMetadata(
        MetadataRequest request, long timeoutMs)
    {
        var terms = new RequestTerms(timeoutMs, MetadataVersionMin);
        var outcome = await cluster.SendToAny<MetadataResponse>(request, terms, isRepeatable: true);
        if (!outcome.TryResponse(out var response))
        {
            return AdminResult<IReadOnlyList<TopicDescription>>.NoAnswer(outcome);
        }
        if (response.ErrorCode != ErrorCode.None)
        {
            return AdminResult<IReadOnlyList<TopicDescription>>.Failed(response.ErrorCode);
        }
        var topics = new List<TopicDescription>();
        foreach (var topic in response.Topics)
        {
            topics.Add(Read(topic));
        }
        topics.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        return AdminResult<IReadOnlyList<TopicDescription>>.Ok(topics);
    }

    private static MetadataRequest MetadataFor(IReadOnlyList<string> names)
    {
        var request = new MetadataRequest { Topics = [], AllowAutoTopicCreation = false };
        foreach (var name in names)
        {
            request.Topics.Add(new MetadataRequestTopic { Name = name });
        }
        return request;
    }

    private static List<string> Sorted(IReadOnlyList<string> names)
    {
        var sorted = new List<string>(names);
        sorted.Sort(StringComparer.Ordinal);
        return sorted;
    }

    /// <summary>A topic whose partitions do not fit into a page goes on in the next.</summary>
    private static void AddPage(DescribeTopicPartitionsResponse page, List<TopicDescription> described)
    {
        foreach (var topic in page.Topics)
        {
            var partitions = new List<PartitionDescription>();
            var last = described.Count - 1;
            var goesOn = last >= 0 && described[last].Name == topic.Name;
            if (goesOn)
            {
                partitions.AddRange(described[last].Partitions);
                described.RemoveAt(last);
            }
            foreach (var partition in topic.Partitions)
            {
                partitions.Add(Read(partition));
            }
            var (name, id) = (topic.Name ?? "", topic.TopicId);
            described.Add(new TopicDescription(name, id, topic.ErrorCode, topic.IsInternal)
            {
                Partitions = partitions,
            });
        }
    }

    private static PartitionDescription Read(DescribeTopicPartitionsResponsePartition partition) => new(
        partition.PartitionIndex,
        partition.ErrorCode,
        new NodeId(partition.LeaderId),
        partition.ReplicaNodes,
        partition.IsrNodes)
    {
        EligibleLeaders = partition.EligibleLeaderReplicas ?? [],
        LastKnownEligibleLeaders = partition.LastKnownElr ?? [],
        Offline = partition.OfflineReplicas,
    };

    private static TopicDescription Read(MetadataResponseTopic topic)
    {
        var partitions = new List<PartitionDescription>();
        foreach (var partition in topic.Partitions)
        {
            partitions.Add(new PartitionDescription(
                partition.PartitionIndex,
                partition.ErrorCode,
                new NodeId(partition.LeaderId),
                partition.ReplicaNodes,
                partition.IsrNodes)
            {
                Offline = partition.OfflineReplicas,
            });
        }
        partitions.Sort((left, right) => left.Index.CompareTo(right.Index));
        return new TopicDescription(topic.Name ?? "", topic.TopicId, topic.ErrorCode, topic.IsInternal)
        {
            Partitions = partitions,
        };
    }
}
