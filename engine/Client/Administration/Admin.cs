using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// Creates, deletes, lists and describes what a cluster has. Questions go from broker to broker until one
/// answers; changes are sent once: when their answer is lost, nobody knows whether they happened. Timeouts
/// are in milliseconds.
/// </summary>
public sealed class Admin(ClusterClient cluster)
{
    private const short CreateVersionMin = 4;        // the first with the cluster's defaults
    private const short DeleteVersionMax = 5;        // later versions have another form
    private readonly TopicDescriber _describer = new(cluster);
    private readonly OffsetFinder _offsets = new(cluster);

    public async EngineTask<AdminResult<IReadOnlyList<TopicOutcome>>> CreateTopics(
        IReadOnlyList<NewTopic> topics, long timeoutMs, bool validateOnly = false)
    {
        var request = new CreateTopicsRequest { TimeoutMs = (int)timeoutMs, ValidateOnly = validateOnly };
        foreach (var topic in topics)
        {
            request.Topics.Add(Write(topic));
        }
        var terms = new RequestTerms(timeoutMs, CreateVersionMin);
        var outcome = await cluster.SendToController<CreateTopicsResponse>(request, terms);
        return outcome.TryResponse(out var response)
            ? Read(response.Topics, it => new TopicOutcome(it.Name, it.ErrorCode, it.ErrorMessage))
            : AdminResult<IReadOnlyList<TopicOutcome>>.NoAnswer(outcome);
    }

    public async EngineTask<AdminResult<IReadOnlyList<TopicOutcome>>> DeleteTopics(
        IReadOnlyList<string> names, long timeoutMs)
    {
        var request = new DeleteTopicsRequest { TimeoutMs = (int)timeoutMs };
        request.TopicNames.AddRange(names);
        var terms = new RequestTerms(timeoutMs, VersionMax: DeleteVersionMax);
        var outcome = await cluster.SendToController<DeleteTopicsResponse>(request, terms);
        return outcome.TryResponse(out var response)
            ? Read(response.Responses, it => new TopicOutcome(it.Name!, it.ErrorCode, it.ErrorMessage))
            : AdminResult<IReadOnlyList<TopicOutcome>>.NoAnswer(outcome);
    }

    /// <summary>Gives the topic more partitions: <paramref name="partitionCount"/> in all.</summary>
    public async EngineTask<AdminResult<IReadOnlyList<TopicOutcome>>> CreatePartitions(
        string topic, int partitionCount, long timeoutMs)
    {
        var request = new CreatePartitionsRequest { TimeoutMs = (int)timeoutMs };
        request.Topics.Add(new CreatePartitionsRequestTopic
        {
            Name = topic,
            Count = partitionCount,
            Assignments = null,
        });
        var terms = new RequestTerms(timeoutMs);
        var outcome = await cluster.SendToController<CreatePartitionsResponse>(request, terms);
        return outcome.TryResponse(out var response)
            ? Read(response.Results, it => new TopicOutcome(it.Name, it.ErrorCode, it.ErrorMessage))
            : AdminResult<IReadOnlyList<TopicOutcome>>.NoAnswer(outcome);
    }

    /// <summary>All topics, in ordinal order.</summary>
    public EngineTask<AdminResult<IReadOnlyList<TopicDescription>>> ListTopics(long timeoutMs) =>
        _describer.List(timeoutMs);

    /// <summary>These topics, in ordinal order; one that does not exist has an error.</summary>
    public EngineTask<AdminResult<IReadOnlyList<TopicDescription>>> DescribeTopics(
        IReadOnlyList<string> names, long timeoutMs) => _describer.Describe(names, timeoutMs);

    /// <summary>The settings of topics (by name) or brokers (by node id).</summary>
    public async EngineTask<AdminResult<IReadOnlyList<ConfigDescription>>> DescribeConfigs(
        ConfigResource kind, IReadOnlyList<string> names, long timeoutMs)
    {
        var request = new DescribeConfigsRequest();
        foreach (var name in names)
        {
            request.Resources.Add(new DescribeConfigsRequestResource
            {
                ResourceType = (sbyte)kind,
                ResourceName = name,
                ConfigurationKeys = null,
            });
        }
        var terms = new RequestTerms(timeoutMs, VersionMin: 1);
        var outcome = await cluster.SendToAny<DescribeConfigsResponse>(request, terms, isRepeatable: true);
        if (!outcome.TryResponse(out var response))
        {
            return AdminResult<IReadOnlyList<ConfigDescription>>.NoAnswer(outcome);
        }
        return Read(response.Results, ReadConfigs);
    }

    /// <summary>
    /// Deletes the records of a partition before an offset; <see cref="OffsetFinder.Latest"/> stands for its
    /// end.
    /// </summary>
    public async EngineTask<DeletedRecords> DeleteRecords(
        TopicPartition partition, long beforeOffset, long timeoutMs)
    {
        var deadline = cluster.Shard.Now.PlusMs(timeoutMs);
        var leader = await cluster.FindLeader(partition, deadline);
        var leftMs = deadline.MsSince(cluster.Shard.Now);
        if (!leader.IsFound || leftMs <= 0)
        {
            return new DeletedRecords(
                partition, leader.IsFound ? ErrorCode.RequestTimedOut : leader.Error, Offset.None);
        }
        var topic = new DeleteRecordsRequestTopic { Name = partition.Topic };
        topic.Partitions.Add(new DeleteRecordsRequestPartition
        {
            PartitionIndex = partition.Partition,
            Offset = beforeOffset,
        });
        var request = new DeleteRecordsRequest { TimeoutMs = (int)leftMs, Topics = [topic] };
        var node = leader.Leader.Node;
        var outcome = await cluster.Send<DeleteRecordsResponse>(node, request, new RequestTerms(leftMs));
        if (!outcome.TryResponse(out var response))
        {
            return new DeletedRecords(partition, outcome.Error, Offset.None);
        }
        var answer = response.Topics.Find(other => other.Name == partition.Topic)
            ?.Partitions.Find(other => other.PartitionIndex == partition.Partition);
        return answer is null
            ? new DeletedRecords(partition, ErrorCode.UnknownServerError, Offset.None)
            : new DeletedRecords(partition, answer.ErrorCode, new Offset(answer.LowWatermark));
    }

    /// <summary>See <see cref="OffsetFinder.Find"/>.</summary>
    public EngineTask<OffsetAnswer> ListOffset(
        TopicPartition partition, long timestampMs, IsolationLevel isolation, long timeoutMs) =>
        _offsets.Find(partition, timestampMs, isolation, cluster.Shard.Now.PlusMs(timeoutMs));

    private static AdminResult<IReadOnlyList<TTo>> Read<TFrom, TTo>(
        List<TFrom> told, System.Converter<TFrom, TTo> read) =>
        AdminResult<IReadOnlyList<TTo>>.Ok(told.ConvertAll(read));

    private static CreateTopicsRequestCreatableTopic Write(NewTopic topic)
    {
        var written = new CreateTopicsRequestCreatableTopic
        {
            Name = topic.Name,
            NumPartitions = topic.PartitionCount,
            ReplicationFactor = topic.ReplicationFactor,
        };
        foreach (var (name, value) in topic.Configs)
        {
            written.Configs.Add(new CreateTopicsRequestCreatableTopicConfig { Name = name, Value = value });
        }
        return written;
    }

    private static ConfigDescription ReadConfigs(DescribeConfigsResponseResult result) => new(
        result.ResourceName,
        result.ErrorCode,
        result.ErrorMessage,
        result.Configs.ConvertAll(entry => new ConfigEntry(
            entry.Name, entry.Value, entry.ConfigSource, entry.ReadOnly, entry.IsSensitive)));
}
