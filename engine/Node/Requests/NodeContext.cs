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

    public PartitionTable Partitions { get; } = new();

    /// <summary>The cluster's id, known once the node has booted.</summary>
    public string ClusterId { get; internal set; } = "";

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

    /// <summary>
    /// The leader that a client may turn to; none while the leader is this node and has not opened the log of
    /// a new partition yet. A client that hears of it too early has its first requests refused, and with
    /// several on their way the records that it sends again come after those it sent later.
    /// </summary>
    public NodeId ServingLeader(TopicImage topic, PartitionImage partition) =>
        partition.Leader == Settings.NodeId && Partitions.Find(topic.Id, partition.Index) is null
            ? NodeId.None
            : partition.Leader;

    internal void ForgetSettingsOf(string topic) => _topicSettings.Remove(topic);
}
