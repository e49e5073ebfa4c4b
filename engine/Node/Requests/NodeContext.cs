using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Node.Controller;
using Testbed.Node.Replication;
using Testbed.Node.Settings;

namespace Testbed.Node.Requests;

/// <summary>What the handlers of one node share.</summary>
public sealed class NodeContext
{
    private readonly SortedDictionary<string, TopicSettings> _topicSettings = new(StringComparer.Ordinal);

    internal NodeContext(IShard shard, NodeSettings settings)
    {
        Shard = shard;
        Settings = settings;
    }

    public IShard Shard { get; }

    public NodeSettings Settings { get; }

    public MetadataImage Image { get; } = new();

    public TopicVisibility Visibility { get; } = new();

    public PartitionTable Partitions { get; } = new();

    /// <summary>The cluster's id, known once the node has booted.</summary>
    public string ClusterId { get; internal set; } = "";

    /// <summary>Ids of the log directories that were closed cleanly when the node stopped last.</summary>
    public IReadOnlySet<Uuid> CleanDirectories { get; internal set; } = new SortedSet<Uuid>();

    /// <summary>A topic's settings in force, read anew after they have changed.</summary>
    public TopicSettings SettingsOf(string topic)
    {
        if (!_topicSettings.TryGetValue(topic, out var settings))
        {
            var own = Image.Configs(new ConfigResource(ConfigResourceType.Topic, topic));
            settings = new TopicSettings(own, Settings.Values);
            _topicSettings.Add(topic, settings);
        }
        return settings;
    }

    /// <summary>The topic as clients are told of it; null for one that is not there, or not yet.</summary>
    public TopicImage? VisibleTopic(string name) =>
        Image.Topic(name) is { } topic && Visibility.IsVisible(topic) ? topic : null;

    /// <inheritdoc cref="VisibleTopic(string)"/>
    public TopicImage? VisibleTopic(Uuid id) =>
        Image.Topic(id) is { } topic && Visibility.IsVisible(topic) ? topic : null;

    internal void ForgetSettingsOf(string topic) => _topicSettings.Remove(topic);
}
