using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Node.Settings;

namespace Testbed.Sim.Workloads;

/// <summary>The real node, as the program of a simulated machine.</summary>
internal static class BrokerProgram
{
    public static NodeSettings Settings(NodeId id, string host)
    {
        var reading = NodeSettingsReader.Read(
            [
                new KeyValuePair<string, string>("node.id", id.ToString()),
                new KeyValuePair<string, string>(
                    "listeners", $"PLAINTEXT://{host}:{WorkloadSettings.BrokerPort}"),
                new KeyValuePair<string, string>("log.dirs", "data"),
                new KeyValuePair<string, string>("log.durability", "fsync"),
                new KeyValuePair<string, string>("log.segment.bytes", "1048576"),
                new KeyValuePair<string, string>("log.roll.ms", "15000"),
                new KeyValuePair<string, string>("log.cleaner.backoff.ms", "1500"),
                new KeyValuePair<string, string>("log.flush.offset.checkpoint.interval.ms", "4000"),
            ],
            host);
        Invariant.Assert(reading.Settings is not null);
        return reading.Settings;
    }

    /// <summary>
    /// A start that is refused breaks the run: nothing here may keep a node from coming back.
    /// </summary>
    public static async EngineTask Run(IShard shard, NodeSettings settings, BrokerStops stops)
    {
        var node = new Testbed.Node.Node(shard, settings);
        var problem = node.Listen();
        if (problem is null)
        {
            var outcome = await node.Boot();
            problem = outcome.Problem;
        }
        if (problem is not null)
        {
            throw new InvariantException($"a node comes back after a crash: {problem}");
        }
        stops.OnBooted(node);
    }
}
