using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Boot;
using Testbed.Sim;
using Testbed.Wire.Messages;
using Xunit;

namespace Testbed.Tests.Engine.Node;

/// <summary>A start that takes long says how far it is.</summary>
public sealed class BootProgressTests : IOracle
{
    private const int PartitionCount = 20;
    private static readonly NodeId Broker = new(1);
    private readonly List<PartitionsOpening> _told = [];

    [Fact]
    public void Every_second_while_logs_are_being_examined()
    {
        var bench = new NodeBench(1);
        var client = bench.Connect();
        bench.CreateTopic(client, "t", PartitionCount);
        for (var index = 0; index < PartitionCount; index++)
        {
            bench.Ask<ProduceResponse>(client, bench.Produce("t", "a", partition: index), 9);
        }
        bench.World.Trace.AddOracle(this);
        bench.World.Node(Broker).Disks[0].Faults = new SlowRequests(DiskRequestKind.Read, "t-", 5_000);
        bench.Crash(CrashKind.Process);

        Assert.InRange(_told.Count, 5, 60);
        Assert.All(_told, static one => Assert.Equal(PartitionCount, one.PartitionCount));
        Assert.Equal(0, _told[0].OpenCount);
        var counts = _told.Select(static one => one.OpenCount).ToList();
        Assert.Equal(counts.Order(), counts);
        Assert.InRange(_told[^1].OpenCount, 1, PartitionCount - 1);
    }

    [Fact]
    public void And_not_at_all_while_it_is_quick()
    {
        var bench = new NodeBench(1);
        bench.World.Trace.AddOracle(this);
        bench.CreateTopic(bench.Connect(), "t", PartitionCount);
        bench.Crash(CrashKind.Process);
        bench.RunForMs(5_000);

        Assert.Empty(_told);
    }

    void IOracle.OnTrace(World world, NodeId node, Instant time, ITraceEvent happened)
    {
        if (happened is PartitionsOpening progress)
        {
            _told.Add(progress);
        }
    }
}
