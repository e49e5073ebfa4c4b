using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;
using Xunit.Sdk;

namespace Testbed.Tests.Sim;

/// <summary>
/// A crash drops the whole of the real broker: connections, partitions, workflows, buffers.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class BrokerCrashTests
{
    private const int Crashes = 300;
    private const int WarmUpCrashes = 100;

    /// <summary>Leader epochs of three partitions, and what the disk knows of its growing files.</summary>
    private const long BytesPerCrashMax = 400;

    private static readonly NodeId Broker = new(1);
    private static readonly NodeId Client = new(2);

    private readonly World _world = new(seed: 1);
    private readonly BrokerNode _broker;
    private SteadyProducer? _producer;

    public BrokerCrashTests()
    {
        _broker = new BrokerNode(_world, Broker);
        _world.AddNode(Client, shard =>
        {
            _producer = new SteadyProducer(shard, new NetworkAddress("n1", BrokerNode.Port));
            _ = _producer.Run(pauseMs: 20);
        });
    }

    [Theory]
    [InlineData(CrashKind.Process)]
    [InlineData(CrashKind.PowerCut)]
    public void Nothing_holds_on_to_a_broker_that_crashed_under_its_client(CrashKind kind)
    {
        ProduceSome();
        _world.Crash(Broker, kind);
        AssertGone(_broker.Incarnation);

        _world.Restart(Broker);
        ProduceSome();
        Assert.Equal(2, _broker.BootCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(50)]
    public void Nothing_holds_on_to_a_broker_that_crashed_while_it_booted(long afterMs)
    {
        ProduceSome();
        _world.Crash(Broker, CrashKind.Process);
        _world.Restart(Broker);
        _world.RunForMs(afterMs);
        _world.Crash(Broker, CrashKind.Process);
        AssertGone(_broker.Incarnation);
    }

    [Fact]
    public void A_broker_that_somebody_holds_on_to_is_found()
    {
        ProduceSome();
        var node = _broker.Incarnation[0].Target;
        _world.Crash(Broker, CrashKind.Process);
        Assert.ThrowsAny<XunitException>(() => AssertGone(_broker.Incarnation));
        GC.KeepAlive(node);
    }

    [Fact]
    public void Crash_after_crash_leaves_memory_flat()
    {
        ProduceSome();
        var before = 0L;
        for (var crash = 1; crash <= Crashes; crash++)
        {
            _world.Crash(Broker, crash % 3 == 0 ? CrashKind.PowerCut : CrashKind.Process);
            _world.Restart(Broker);
            Assert.True(_world.RunForMs(crash % 2 == 0 ? 1_500 : 40), _world.Violation?.ToString());
            if (crash == WarmUpCrashes)
            {
                before = MemoryBytes();
            }
        }
        var perCrash = (MemoryBytes() - before) / (Crashes - WarmUpCrashes);

        Assert.True(_broker.BootCount > Crashes / 2, $"{_broker.BootCount} starts came to serve");
        Assert.True(_producer!.StoredCount > Crashes, $"{_producer.StoredCount} records were stored");
        Assert.True(perCrash < BytesPerCrashMax, $"grew by {perCrash} bytes a crash");
        Assert.True(_world.PendingEventCount < 200, $"{_world.PendingEventCount} events wait");
    }

    private void ProduceSome()
    {
        var stored = (_producer?.StoredCount ?? 0) + 10;
        var limit = _world.Now.PlusMs(60_000);
        var isStored = _world.RunWhile(() => (_producer?.StoredCount ?? 0) < stored, limit);
        Assert.True(isStored, _world.Violation?.ToString() ?? "nothing is stored");
    }

    /// <summary>Memory of the process without what the broker's disk has to keep.</summary>
    private long MemoryBytes() =>
        GC.GetTotalMemory(forceFullCollection: true) - _world.Node(Broker).Disks[0].PagedBytes();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AssertGone(IReadOnlyList<WeakReference> incarnation)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(2, incarnation.Count);
        Assert.All(
            incarnation, static part => Assert.False(part.IsAlive, "a part of the dead node survives"));
    }
}
