using System;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Engine.Client;

/// <summary>
/// A simulated world with a <see cref="FakeCluster"/> and one node on which client workflows run.
/// </summary>
internal sealed class ClientWorld
{
    private const long TimeMaxMs = 600_000;
    private static readonly NodeId ClientNode = new(100);

    private IShard? _shard;

    public ClientWorld(int brokerCount = 1, ulong seed = 1, WorldOptions? options = null)
    {
        World = new World((options ?? new WorldOptions()) with { Seed = seed });
        Cluster = new FakeCluster(World, brokerCount);
        World.AddNode(ClientNode, shard => _shard = shard);
        World.RunForMs(0);
    }

    public World World { get; }

    public FakeCluster Cluster { get; }

    public NodeId Client => ClientNode;

    public IShard Shard => _shard!;

    public ClusterClient NewClient(ConnectionOptions? connections = null, Action<ClusterClient>? then = null)
    {
        var client =
            new ClusterClient(Shard, Options with { Connections = connections ?? new ConnectionOptions() });
        then?.Invoke(client);
        return client;
    }

    public ClusterOptions Options =>
        new() { Bootstrap = Cluster.Brokers.ConvertAll(broker => broker.Address) };

    /// <summary>Runs a workflow on the client's node until it ends, with its result.</summary>
    public T Run<T>(Func<EngineTask<T>> workflow)
    {
        var result = default(T)!;
        var isDone = false;
        Shard.Post(new Work(() => _ = Follow()), 0);
        var isOver = World.RunWhile(() => !isDone, World.Now.PlusMs(TimeMaxMs));
        AssertSound();
        Assert.True(isOver, "the workflow has not ended in time");
        return result;

        async EngineTask Follow()
        {
            result = await workflow();
            isDone = true;
        }
    }

    public T Await<T>(Func<EngineOp<T>> operation) => Run(async () => await operation());

    /// <summary>Does something on the client's node, as a unit of work of its own.</summary>
    public void Do(Action action)
    {
        var isDone = false;
        Shard.Post(new Work(() =>
        {
            action();
            isDone = true;
        }), 0);
        World.RunWhile(() => !isDone, World.Now.PlusMs(TimeMaxMs));
        AssertSound();
    }

    /// <summary>Lets time pass; nothing may go wrong meanwhile.</summary>
    public void Pass(long ms)
    {
        World.RunForMs(ms);
        AssertSound();
    }

    /// <summary>After everything was closed: nothing rented is still held, on any node.</summary>
    public void AssertNothingLeaks()
    {
        Pass(60_000);
        Assert.Equal(0, World.LeakedLeases());
    }

    private void AssertSound() => Assert.True(World.Violation is null, $"{World.Violation} {World.Error}");

    private sealed class Work(Action action) : IWork
    {
        public void Run(long token) => action();
    }
}
