using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Settings;

/// <summary>
/// What a node is told before it starts, checked. Values that only some rooms need are read from
/// <see cref="Values"/> there.
/// </summary>
public sealed class NodeSettings
{
    internal NodeSettings(
        SettingValues values, IReadOnlyList<Listener> listeners, IReadOnlyList<Listener> advertised)
    {
        Values = values;
        Listeners = listeners;
        AdvertisedListeners = advertised;
        NodeId = new NodeId(values.IsGiven("node.id") ? values.Int("node.id") : 1);
        LogDirectories = values.IsGiven("log.dirs") ? values.List("log.dirs") : values.List("log.dir");
        ClusterId = values.Text(BrokerSettingTable.ClusterId);
        Rack = values.Text("broker.rack");
        PartitionCount = values.Int("num.partitions");
        ReplicationFactor = values.Int("default.replication.factor");
        IsAutoCreateEnabled = values.Bool("auto.create.topics.enable");
        IsDeleteEnabled = values.Bool("delete.topic.enable");
        RequestMaxBytes = values.Int("socket.request.max.bytes");
        IdleMaxMs = values.Long("connections.max.idle.ms");
        FetchMaxBytes = values.Int("fetch.max.bytes");
        FetchSessionSlots = values.Int("max.incremental.fetch.session.cache.slots");
    }

    public SettingValues Values { get; }

    /// <summary>Where clients connect, without the controllers' listeners.</summary>
    public IReadOnlyList<Listener> Listeners { get; }

    /// <summary>What clients are told, in the order of <see cref="Listeners"/>.</summary>
    public IReadOnlyList<Listener> AdvertisedListeners { get; }

    public NodeId NodeId { get; }

    public IReadOnlyList<string> LogDirectories { get; }

    /// <summary>
    /// The cluster the node must belong to; null when whatever its directories say is right.
    /// </summary>
    public string? ClusterId { get; }

    public string? Rack { get; }

    public int PartitionCount { get; }

    public int ReplicationFactor { get; }

    public bool IsAutoCreateEnabled { get; }

    public bool IsDeleteEnabled { get; }

    public int RequestMaxBytes { get; }

    /// <summary>
    /// Milliseconds without a request after which a connection is closed; negative is never.
    /// </summary>
    public long IdleMaxMs { get; }

    public int FetchMaxBytes { get; }

    public int FetchSessionSlots { get; }
}
