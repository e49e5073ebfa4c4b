using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Client;

/// <summary>
/// What brokers have told of the cluster: brokers, and the topics somebody here has asked for. Questions are
/// numbered: a topic marked stale stays so until the answer to a question that was asked after the mark.
/// </summary>
public sealed class MetadataCache
{
    private readonly SortedDictionary<int, NetworkAddress> _brokers = [];
    private readonly SortedDictionary<string, TopicMetadata> _topics = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _wanted = new(StringComparer.Ordinal);
    private long _questionsAsked;

    /// <summary>Empty until a broker has told it.</summary>
    public string ClusterId { get; private set; } = "";

    /// <summary>The broker that takes requests for the controller; none until known.</summary>
    public NodeId Controller { get; private set; } = NodeId.None;

    /// <summary>When the last answer came; null before the first.</summary>
    public Instant? UpdatedAt { get; private set; }

    /// <summary>Addresses of the brokers by node id.</summary>
    public SortedDictionary<int, NetworkAddress> Brokers => _brokers;

    public bool TryAddress(NodeId node, out NetworkAddress address) =>
        _brokers.TryGetValue(node.Value, out address);

    /// <summary>The topic as it was described last, stale or not.</summary>
    public bool TryTopic(string name, [NotNullWhen(true)] out TopicMetadata? topic) =>
        _topics.TryGetValue(name, out topic);

    /// <summary>
    /// The topic as it is known now. LEADER_NOT_AVAILABLE without a topic stands for "ask again": nothing is
    /// known, or what is known is stale.
    /// </summary>
    public TopicLookup TopicOf(string name)
    {
        var isKnown = _topics.TryGetValue(name, out var topic) && !topic.IsStale;
        return isKnown
            ? new TopicLookup(topic!.Error, topic)
            : new TopicLookup(ErrorCode.LeaderNotAvailable, null);
    }

    /// <summary>The leader as it is known now; errors as those of <see cref="TopicOf"/>.</summary>
    public LeaderLookup LeaderOf(TopicPartition partition)
    {
        var topic = TopicOf(partition.Topic);
        if (!topic.IsFound)
        {
            return LeaderLookup.Failed(topic.Error);
        }
        if (!topic.Topic.TryPartition(partition.Partition, out var known))
        {
            return LeaderLookup.Failed(ErrorCode.UnknownTopicOrPartition);
        }
        return _brokers.ContainsKey(known.Leader.Value)
            ? new LeaderLookup(ErrorCode.None, new PartitionLeader(known.Leader, known.Epoch, topic.Topic.Id))
            : LeaderLookup.Failed(ErrorCode.LeaderNotAvailable);
    }

    /// <summary>
    /// What is known of the topic led to an error: it counts no more until brokers are asked again.
    /// </summary>
    internal void MarkStale(string topic)
    {
        if (_topics.TryGetValue(topic, out var known))
        {
            known.MarkStale(_questionsAsked);
        }
    }

    /// <summary>The topic is part of every question from now on.</summary>
    internal void Want(string topic) => _wanted.Add(topic);

    /// <summary>A question for all topics wanted, and its number for <see cref="Apply"/>.</summary>
    internal MetadataRequest NewQuestion(bool allowAutoTopicCreation, out long number)
    {
        number = ++_questionsAsked;
        var request = new MetadataRequest { Topics = [], AllowAutoTopicCreation = allowAutoTopicCreation };
        foreach (var topic in _wanted)
        {
            request.Topics.Add(new MetadataRequestTopic { Name = topic });
        }
        return request;
    }

    internal void Apply(MetadataResponse answer, long number, Instant now)
    {
        UpdatedAt = now;
        ClusterId = answer.ClusterId ?? "";
        Controller = new NodeId(answer.ControllerId);
        _brokers.Clear();
        foreach (var broker in answer.Brokers)
        {
            _brokers[broker.NodeId] = new NetworkAddress(broker.Host, broker.Port);
        }
        foreach (var topic in answer.Topics)
        {
            if (topic.Name is { } name)
            {
                _topics[name] = new TopicMetadata(name, topic, _topics.GetValueOrDefault(name), number);
            }
        }
    }

    /// <summary>The brokers known are not to be trusted any more (REBOOTSTRAP_REQUIRED).</summary>
    internal void ForgetBrokers() => _brokers.Clear();

    /// <summary>
    /// A broker that no longer leads a partition has said who does (KIP-951). False when that is not news, or
    /// cannot be used.
    /// </summary>
    internal bool TryLearnLeader(
        TopicPartition partition, NodeId leader, LeaderEpoch epoch, NetworkAddress? address)
    {
        if (!_topics.TryGetValue(partition.Topic, out var topic)
            || !topic.TryPartition(partition.Partition, out var known)
            || epoch <= known.Epoch)
        {
            return false;
        }
        if (address is { } at)
        {
            _brokers[leader.Value] = at;
        }
        topic.Put(known with { Leader = leader, Epoch = epoch, Error = ErrorCode.None });
        return _brokers.ContainsKey(leader.Value);
    }
}
