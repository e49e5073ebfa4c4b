using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Controller;
using Testbed.Node.Requests.Admin;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Reading;

/// <summary>
/// Metadata, versions 0 to 13: brokers and topics, by name or id, made on the way where that is allowed.
/// </summary>
public sealed class MetadataHandler(AdminContext admin) : RequestHandler<MetadataRequest>
{
    private const short FirstVersionByTopicId = 12;

    private readonly NodeContext _node = admin.Node;

    protected override void Handle(Exchange exchange, MetadataRequest request)
    {
        if (Refusal(exchange.Version, request) is { } refusal)
        {
            exchange.Respond(refusal);
            return;
        }
        var response = new MetadataResponse
        {
            ClusterId = _node.ClusterId,
            ControllerId = _node.Settings.NodeId.Value,
        };
        foreach (var (broker, address) in BrokerAddresses.For(_node, exchange.ListenerIndex))
        {
            response.Brokers.Add(new MetadataResponseBroker
            {
                NodeId = broker.Id.Value,
                Host = address.Host,
                Port = address.Port,
                Rack = broker.Rack,
            });
        }
        AddTopics(response, exchange.Version, request);
        if (request.IncludeClusterAuthorizedOperations)
        {
            response.ClusterAuthorizedOperations = AuthorizedOperations.Cluster;
        }
        exchange.Respond(response);
    }

    /// <summary>
    /// Ids before version 12, or neither name nor id: the whole request is refused, topic by topic.
    /// </summary>
    private static MetadataResponse? Refusal(short version, MetadataRequest request)
    {
        var hasIds = version < FirstVersionByTopicId
            && (request.Topics?.Any(static topic => !topic.TopicId.IsZero || topic.Name is null) ?? false);
        var isNameless =
            request.Topics?.Any(static topic => topic.Name is null && topic.TopicId.IsZero) ?? false;
        if (!hasIds && !isNameless)
        {
            return null;
        }
        var response = new MetadataResponse();
        foreach (var topic in request.Topics!)
        {
            response.Topics.Add(new MetadataResponseTopic
            {
                ErrorCode = ErrorCode.InvalidRequest,
                Name = topic.Name ?? "",
                TopicId = topic.TopicId,
            });
        }
        return response;
    }

    private void AddTopics(MetadataResponse response, short version, MetadataRequest request)
    {
        var isAll = request.Topics is null || (version == 0 && request.Topics.Count == 0);
        if (isAll)
        {
            foreach (var topic in _node.Image.Topics.Where(_node.Visibility.IsVisible))
            {
                response.Topics.Add(Describe(topic, request));
            }
            return;
        }
        foreach (var asked in request.Topics!.DistinctBy(static topic => (topic.TopicId, topic.Name)))
        {
            response.Topics.Add(
                asked.TopicId.IsZero ? ByName(asked.Name!, request) : ById(asked.TopicId, request));
        }
    }

    private MetadataResponseTopic ById(Uuid id, MetadataRequest request) =>
        _node.VisibleTopic(id) is { } topic
            ? Describe(topic, request)
            : new MetadataResponseTopic { ErrorCode = ErrorCode.UnknownTopicId, Name = null, TopicId = id };

    private MetadataResponseTopic ByName(string name, MetadataRequest request)
    {
        if (_node.VisibleTopic(name) is { } topic)
        {
            return Describe(topic, request);
        }
        var isBad = TopicNames.Problem(name) is not null;
        if (!isBad
            && request.AllowAutoTopicCreation
            && _node.Settings.IsAutoCreateEnabled
            && !TopicNames.IsInternal(name)
            && _node.Image.Topic(name) is null)
        {
            admin.AutoCreation.Ask(name);
        }
        return new MetadataResponseTopic
        {
            ErrorCode = isBad ? ErrorCode.InvalidTopicException : ErrorCode.UnknownTopicOrPartition,
            Name = name,
            IsInternal = TopicNames.IsInternal(name),
        };
    }

    private MetadataResponseTopic Describe(TopicImage topic, MetadataRequest request)
    {
        var described = new MetadataResponseTopic
        {
            Name = topic.Name,
            TopicId = topic.Id,
            IsInternal = TopicNames.IsInternal(topic.Name),
            TopicAuthorizedOperations = request.IncludeTopicAuthorizedOperations
                ? AuthorizedOperations.Topic
                : AuthorizedOperations.NotAsked,
        };
        foreach (var partition in topic.Partitions.Take(_node.Visibility.PartitionCount(topic)))
        {
            described.Partitions.Add(new MetadataResponsePartition
            {
                ErrorCode = partition.Leader == NodeId.None ? ErrorCode.LeaderNotAvailable : ErrorCode.None,
                PartitionIndex = partition.Index,
                LeaderId = partition.Leader.Value,
                LeaderEpoch = partition.LeaderEpoch.Value,
                ReplicaNodes = new List<int>(partition.Replicas),
                IsrNodes = new List<int>(partition.Isr),
            });
        }
        return described;
    }
}
