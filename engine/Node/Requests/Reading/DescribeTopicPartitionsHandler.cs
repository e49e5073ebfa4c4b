using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Controller;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Reading;

/// <summary>
/// DescribeTopicPartitions, version 0 (KIP-966): topics in the order of their names, a bounded number of
/// partitions an answer, and a cursor where to go on.
/// </summary>
public sealed class DescribeTopicPartitionsHandler(NodeContext node)
    : RequestHandler<DescribeTopicPartitionsRequest>
{
    private const string LimitSetting = "max.request.partition.size.limit";

    protected override void Handle(Exchange exchange, DescribeTopicPartitionsRequest request)
    {
        var limit = node.Settings.Values.Int(LimitSetting);
        if (request.ResponsePartitionLimit > 0)
        {
            limit = Math.Min(limit, request.ResponsePartitionLimit);
        }
        var response = new DescribeTopicPartitionsResponse();
        foreach (var name in Names(request))
        {
            if (limit == 0)
            {
                response.NextCursor = Cursor(name, 0);
                break;
            }
            var first = request.Cursor?.TopicName == name ? request.Cursor.PartitionIndex : 0;
            limit = Describe(response, name, Math.Max(0, first), limit);
            if (response.NextCursor is not null)
            {
                break;
            }
        }
        exchange.Respond(response);
    }

    private IEnumerable<string> Names(DescribeTopicPartitionsRequest request)
    {
        var named = request.Topics.Count > 0
            ? request.Topics.Select(static topic => topic.Name).Distinct().Order(StringComparer.Ordinal)
            : node.Image.Topics.Where(node.Visibility.IsVisible).Select(static topic => topic.Name);
        var from = request.Cursor?.TopicName ?? "";
        return named.Where(name => string.CompareOrdinal(name, from) >= 0).ToList();
    }

    /// <summary>Adds one topic; returns how many partitions more may be told.</summary>
    private int Describe(DescribeTopicPartitionsResponse response, string name, int first, int limit)
    {
        var topic = node.VisibleTopic(name);
        var isBad = TopicNames.Problem(name) is not null;
        var described = new DescribeTopicPartitionsResponseTopic
        {
            ErrorCode = topic is not null ? ErrorCode.None
                : isBad ? ErrorCode.InvalidTopicException : ErrorCode.UnknownTopicOrPartition,
            Name = name,
            TopicId = topic?.Id ?? default,
            IsInternal = TopicNames.IsInternal(name),
            TopicAuthorizedOperations = AuthorizedOperations.Topic,
        };
        response.Topics.Add(described);
        if (topic is null)
        {
            return limit;
        }
        var count = node.Visibility.PartitionCount(topic);
        var end = first >= count ? count : first + Math.Min(limit, count - first);
        for (var i = first; i < end; i++)
        {
            described.Partitions.Add(Describe(topic.Partitions[i]));
        }
        if (end < count)
        {
            response.NextCursor = Cursor(name, end);
        }
        return limit - Math.Max(0, end - first);
    }

    private static DescribeTopicPartitionsResponsePartition Describe(PartitionImage partition) =>
        new()
        {
            ErrorCode = partition.Leader == NodeId.None ? ErrorCode.LeaderNotAvailable : ErrorCode.None,
            PartitionIndex = partition.Index,
            LeaderId = partition.Leader.Value,
            LeaderEpoch = partition.LeaderEpoch.Value,
            ReplicaNodes = [.. partition.Replicas],
            IsrNodes = [.. partition.Isr],
            EligibleLeaderReplicas = [],
            LastKnownElr = [],
        };

    private static DescribeTopicPartitionsResponseCursor Cursor(string topic, int partition) =>
        new() { TopicName = topic, PartitionIndex = partition };
}
