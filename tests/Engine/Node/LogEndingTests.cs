using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Sim;
using Testbed.Wire;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>What a node keeps, or takes away, at the end of something: a stop, a cleaning, a topic.</summary>
public sealed class LogEndingTests
{
    private const string Marker = ".kafka_cleanshutdown";
    private static readonly NodeId Broker = new(1);

    /// <summary>It would speak of a start that was not clean (KAFKA-10471).</summary>
    [Fact]
    public void The_marker_of_a_clean_stop_does_not_come_back_once_a_log_is_opened()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            // The first directory also has the metadata: making sure of that syncs its names anyway.
            var bench = new NodeBench(seed, "log.dirs=one,two");
            bench.CreateTopic(bench.Connect(), "t", 4);
            var device = bench.World.Node(Broker).Disks[1];
            bench.Stop();
            Assert.Contains(Marker, device.FilePaths());
            var watch = new WatchedRequests();
            device.Faults = watch;
            bench.World.Crash(Broker, CrashKind.Process);
            bench.World.Restart(Broker);
            bench.Until(() => watch.Requests.Any(static request =>
                request.Kind == DiskRequestKind.List && request.Path.StartsWith("t-")));
            bench.World.Crash(Broker, CrashKind.PowerCut);

            Assert.True(!device.FilePaths().Contains(Marker), $"seed {seed}: the marker is there again");
        }
    }

    [Fact]
    public void How_far_a_log_is_compacted_is_kept()
    {
        var bench = new NodeBench(1, "log.cleaner.backoff.ms=1000");
        var client = bench.Connect();
        bench.CreateTopic(
            client,
            "t",
            1,
            "cleanup.policy=compact",
            "segment.bytes=1048576",
            "min.cleanable.dirty.ratio=0.01");
        for (var i = 0; i < 8; i++)
        {
            bench.Ask<ProduceResponse>(client, bench.Produce("t", new string('v', 300_000), key: "k"), 9);
        }
        bench.RunForMs(5_000);

        var active = Device(bench).FilePaths()
            .Where(static path => path.StartsWith("t-0/") && path.EndsWith(".log"))
            .Max(static path => long.Parse(path[4..^4]));
        Assert.Equal(6, active);
        Assert.Equal($"0\n1\nt 0 {active}\n", Text(bench, "cleaner-offset-checkpoint"));
    }

    /// <summary>Where the directory has another name already, no segment can be begun.</summary>
    [Fact]
    public void A_topic_that_is_deleted_while_its_log_begins_a_segment_harms_no_other()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "gone", 1, "segment.bytes=1048576");
        bench.CreateTopic(client, "stays");
        bench.Ask<ProduceResponse>(client, bench.Produce("gone", new string('v', 700_000)), 9);
        Device(bench).Faults = new SlowRequests(DiskRequestKind.Sync, "gone-0/", extraMs: 500);
        client.Send(bench.Produce("gone", new string('v', 700_000), acks: 0), 9, 100);
        bench.RunForMs(100);
        var deleted = bench.Ask<DeleteTopicsResponse>(bench.Connect(), NodeBench.Deletion("gone"), 6);
        bench.RunForMs(3_000);

        Assert.Equal(ErrorCode.None, deleted.Responses[0].ErrorCode);
        var stays = bench.Ask<ProduceResponse>(bench.Connect(), bench.Produce("stays", "a"), 9);
        Assert.Equal(ErrorCode.None, stays.Responses[0].PartitionResponses[0].ErrorCode);
    }

    private static string Text(NodeBench bench, string path) =>
        Encoding.UTF8.GetString(Device(bench).Contents(path) ?? []);

    private static SimDisk Device(NodeBench bench) => bench.World.Node(Broker).Disks[0];
}
