using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Node.Settings;
using Testbed.Sim;

namespace Testbed.Tests.Sim;

/// <summary>
/// The real broker on a simulated machine. Holds no incarnation of it: only weak references, to tell whether
/// anybody else does.
/// </summary>
internal sealed class BrokerNode
{
    public const int Port = 9092;

    private readonly NodeSettings _settings;

    public BrokerNode(World world, NodeId id)
    {
        var given = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["node.id"] = id.ToString(),
            ["listeners"] = $"PLAINTEXT://n{id}:{Port}",
            ["log.dirs"] = "data",
        };
        _settings = NodeSettingsReader.Read(given, $"n{id}").Settings
            ?? throw new InvalidOperationException("wrong settings");
        world.AddNode(id, shard => _ = Boot(shard));
    }

    /// <summary>Times the broker has come to serve.</summary>
    public int BootCount { get; private set; }

    /// <summary>The node and the shard of the newest start.</summary>
    public IReadOnlyList<WeakReference> Incarnation { get; private set; } = [];

    private async EngineTask Boot(IShard shard)
    {
        var node = new Testbed.Node.Node(shard, _settings);
        Incarnation = [new WeakReference(node), new WeakReference(shard)];
        var problem = node.Listen();
        Invariant.Assert(problem is null);
        var outcome = await node.Boot();
        Invariant.Assert(outcome.IsReady);
        BootCount++;
    }
}
