using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Sim;
using Testbed.Sim.Faults;
using Testbed.Sim.Workloads;
using Xunit;

namespace Testbed.Tests.Sim.Workloads;

/// <summary>Faults come from the seed alone, fit into the run, and do what they say.</summary>
public sealed class FaultTests
{
    private static readonly NodeId Broker = new(1);
    private static readonly NodeId[] Clients = [new(101), new(102)];

    [Fact]
    public void A_seed_draws_the_same_faults_again_and_all_kinds_come()
    {
        var kinds = new SortedSet<FaultKind>();
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var faults = Draw(seed);
            Assert.Equal(faults, Draw(seed));
            kinds.UnionWith(faults.Select(static fault => fault.Kind));
            Assert.All(faults, static fault => Assert.InRange(fault.AtMs + fault.DurationMs, 1, 50_000));
        }
        Assert.Equal(Enum.GetValues<FaultKind>(), kinds);
    }

    [Fact]
    public void Another_number_of_faults_leaves_the_first_ones_as_they_are()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var some = Draw(seed, countMax: 10);
            var others = Draw(seed, countMax: 40);
            var common = Math.Min(some.Count, others.Count);
            Assert.Equal(some.Take(common), others.Take(common));
        }
    }

    [Theory]
    [InlineData(FaultKind.ProcessCrash)]
    [InlineData(FaultKind.PowerCut)]
    public void A_crashed_node_is_down_for_the_time_of_the_fault_and_no_longer(FaultKind kind)
    {
        var world = new World(1);
        var starts = 0;
        world.AddNode(Broker, _ => starts++);
        var injector = new FaultInjector(world, Broker, new BrokerStops());
        injector.Schedule([new Fault(0, 1_000, kind, Broker, 500), new Fault(1, 1_200, kind, Broker, 5_000)]);

        world.RunForMs(1_400);
        Assert.Null(world.Node(Broker).Shard);
        world.RunForMs(200);
        Assert.NotNull(world.Node(Broker).Shard);
        Assert.Equal(2, starts);
    }

    [Fact]
    public void Healing_starts_what_is_down()
    {
        var world = new World(1);
        world.AddNode(Broker, static _ => { });
        var injector = new FaultInjector(world, Broker, new BrokerStops());
        injector.Schedule([new Fault(0, 100, FaultKind.PowerCut, Broker, 60_000)]);
        world.RunForMs(200);
        Assert.Null(world.Node(Broker).Shard);

        injector.Heal();

        world.RunForMs(200);
        Assert.NotNull(world.Node(Broker).Shard);
    }

    private static IReadOnlyList<Fault> Draw(ulong seed, int countMax = 16)
    {
        var settings = new WorkloadSettings { Seed = seed, FaultCountMax = countMax };
        return FaultSchedule.Draw(new World(seed), settings, Broker, Clients);
    }
}
