using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Node.Controller;

/// <summary>
/// What the metadata log says when it is replayed to some offset, and nothing else. Changed only by
/// <see cref="MetadataReplay"/>; everybody reads it.
/// </summary>
public sealed class MetadataImage
{
    private readonly SortedDictionary<string, TopicImage> _topicsByName = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Uuid, TopicImage> _topicsById = [];
    private readonly SortedDictionary<int, BrokerImage> _brokers = [];
    private readonly SortedDictionary<ConfigResource, SortedDictionary<string, string>> _configs = [];
    private readonly SortedDictionary<string, short> _features = new(StringComparer.Ordinal);

    /// <summary>Topics in ordinal order of their names.</summary>
    public IEnumerable<TopicImage> Topics => _topicsByName.Values;

    /// <summary>Brokers by ascending id, fenced ones too.</summary>
    public IEnumerable<BrokerImage> Brokers => _brokers.Values;

    /// <summary>Brokers that take part, by ascending id.</summary>
    public IEnumerable<BrokerImage> LiveBrokers => _brokers.Values.Where(static broker => !broker.IsFenced);

    /// <summary>Finalized feature levels, in ordinal order of their names.</summary>
    public SortedDictionary<string, short> Features => _features;

    /// <summary>The next producer id that no block has given away.</summary>
    public long NextProducerId { get; internal set; }

    /// <summary>Offset behind the last record applied.</summary>
    public Offset AppliedEnd { get; internal set; }

    public TopicImage? Topic(string name) => _topicsByName.GetValueOrDefault(name);

    public TopicImage? Topic(Uuid id) => _topicsById.GetValueOrDefault(id);

    public BrokerImage? Broker(NodeId id) => _brokers.GetValueOrDefault(id.Value);

    /// <summary>Settings given to a resource, by name; empty when none are.</summary>
    public IReadOnlyDictionary<string, string> Configs(ConfigResource resource) =>
        _configs.TryGetValue(resource, out var configs) ? configs : SortedDictionaryOfNothing();

    internal void Add(TopicImage topic)
    {
        Invariant.Assert(!_topicsByName.ContainsKey(topic.Name));
        _topicsByName.Add(topic.Name, topic);
        _topicsById.Add(topic.Id, topic);
    }

    internal void Remove(TopicImage topic)
    {
        _topicsByName.Remove(topic.Name);
        _topicsById.Remove(topic.Id);
        _configs.Remove(new ConfigResource(ConfigResourceType.Topic, topic.Name));
    }

    internal void Put(BrokerImage broker) => _brokers[broker.Id.Value] = broker;

    internal void PutFeature(string name, short level) => _features[name] = level;

    /// <summary>A null value takes the setting away.</summary>
    internal void PutConfig(ConfigResource resource, string name, string? value)
    {
        if (!_configs.TryGetValue(resource, out var configs))
        {
            configs = new SortedDictionary<string, string>(StringComparer.Ordinal);
            _configs.Add(resource, configs);
        }
        if (value is null)
        {
            configs.Remove(name);
        }
        else
        {
            configs[name] = value;
        }
    }

    private static SortedDictionary<string, string> SortedDictionaryOfNothing() =>
        new(StringComparer.Ordinal);
}
