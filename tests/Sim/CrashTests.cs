using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

[Collection(AloneCollection.Name)]
public class CrashTests
{
    private static readonly NodeId One = new(1);

    [Fact]
    public void A_crash_drops_queued_work_and_timers_and_counts_them()
    {
        var world = new World(seed: 1);
        var ran = new List<string>();
        world.AddNode(One, shard =>
        {
            shard.SetTimer(shard.Now.PlusMs(10), new Does(() => ran.Add("timer before the crash")), 0);
            shard.SetTimer(shard.Now.PlusMs(20), new Does(() =>
            {
                world.At(world.Now, () => world.Crash(One, CrashKind.Process));
                shard.Post(new Does(() => ran.Add("post")), 0);
            }), 0);
            shard.SetTimer(shard.Now.PlusMs(30), new Does(() => ran.Add("timer after the crash")), 0);
        });
        world.RunForMs(1_000);
        Assert.Null(world.Node(One).Shard);
        Assert.Equal(["timer before the crash"], ran);
        Assert.Equal(2, world.DroppedEventCount);
        Assert.Equal(0, world.PendingEventCount);
    }

    [Fact]
    public void A_crash_runs_no_finally_and_no_Dispose()
    {
        var world = new World(seed: 1);
        var ran = new List<string>();
        world.AddNode(One, shard => _ = Workflow(shard, ran, depth: 4));
        world.RunForMs(5);
        world.Crash(One, CrashKind.Process);
        world.RunForMs(10_000);
        Assert.Equal(["begun 4", "begun 3", "begun 2", "begun 1"], ran);
        Assert.Null(world.Violation);
    }

    [Fact]
    public void A_workflow_that_is_not_interrupted_runs_its_finally_and_Dispose()
    {
        var world = new World(seed: 1);
        var ran = new List<string>();
        world.AddNode(One, shard => _ = Workflow(shard, ran, depth: 1));
        world.RunForMs(10_000);
        Assert.Equal(["begun 1", "done 1", "finally 1", "disposed"], ran);
    }

    [Fact]
    public void Effects_of_a_dead_incarnation_are_refused_and_counted()
    {
        var world = new World(seed: 1);
        var recorder = new Recorder();
        world.Trace.AddOracle(recorder);
        var ran = new List<string>();
        IShard? dead = null;
        world.AddNode(One, shard => dead = shard);
        world.RunForMs(1);
        var open = dead!.Disks[0].Open("a", OpenMode.OpenOrCreate);
        world.RunForMs(1_000);
        var file = open.Result.File!;
        world.Crash(One, CrashKind.Process);

        dead.Post(new Does(() => ran.Add("post")), 0);
        var timer = dead.SetTimer(dead.Now.PlusMs(1), new Does(() => ran.Add("timer")), 0);
        Assert.False(dead.Cancel(timer));
        dead.Trace.Emit(new Noted("ghost"));
        dead.Trace.Mark("ghost");
        Assert.False(dead.Trace.IsListening);
        var write = dead.Disks[0].Write(file, 0, [new byte[10]]);
        var sync = dead.Disks[0].SyncDirectory("");
        Assert.NotEqual(
            ListenStatus.Listening, dead.Network.Listen(new NetworkAddress("", 1), new Peer(dead)).Status);
        dead.Network.Connect(new NetworkAddress("n1", 1), new Peer(dead), 0, Instant.Never);
        Assert.Equal(9, world.RefusedEffectCount);

        world.Restart(One);
        world.RunForMs(10_000);
        Assert.Empty(ran);
        Assert.Empty(recorder.Texts);
        Assert.Empty(world.Trace.Marks);
        Assert.False(write.IsCompleted || sync.IsCompleted);
        Assert.Empty(world.Node(One).Disks[0].Contents("a")!);
    }

    [Fact]
    public void A_crash_in_the_middle_of_a_step_refuses_the_rest_of_its_effects()
    {
        var world = new World(seed: 1);
        var recorder = new Recorder();
        world.Trace.AddOracle(recorder);
        var ran = new List<string>();
        world.AddNode(One, shard =>
        {
            if (((SimShard)shard).Incarnation > 1)
            {
                return;
            }
            shard.Post(new Does(() => ran.Add("queued")), 0);
            shard.Trace.Emit(new Noted("before"));
            world.Crash(One, CrashKind.Process);
            shard.Trace.Emit(new Noted("after"));
            shard.Post(new Does(() => ran.Add("post")), 0);
            new EngineOp<int>(shard).Then(new Does(() => ran.Add("then")), 0);
        });
        world.RunForMs(100);
        world.Restart(One);
        world.RunForMs(100);
        Assert.Empty(ran);
        Assert.Equal(["before"], recorder.Texts);
        Assert.Equal(2, world.RefusedEffectCount);
        Assert.Null(world.Violation);
    }

    [Fact]
    public void A_fault_hook_may_crash_the_node_in_the_middle_of_a_disk_operation()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var world = new World(seed);
            var node = world.AddNode(One, shard => _ = WriteMuch(shard));
            node.Disks[0].Faults = new CrashAt(world, One, operations: 7, CrashKind.PowerCut);
            world.RunForMs(10_000);
            Assert.Null(node.Shard);
            Assert.Equal(0, node.Disks[0].UnfinishedCount);
            node.Disks[0].Faults = null;
            world.Restart(One);
            Assert.True(world.RunForMs(10_000), $"seed {seed}: {world.Violation}");
            Assert.Equal(20_000, node.Disks[0].Contents("a")!.Length);
        }
    }

    [Fact]
    public void Crashes_and_starts_are_facts_for_oracles()
    {
        var world = new World(seed: 1);
        var recorder = new Recorder();
        world.Trace.AddOracle(recorder);
        world.AddNode(One, shard => shard.SetTimer(shard.Now.PlusMs(50), new Does(() => { }), 0));
        world.RunForMs(1);
        world.Crash(One, CrashKind.Process);
        world.Crash(One, CrashKind.PowerCut);
        world.Restart(One);
        world.Crash(One, CrashKind.PowerCut);
        Assert.Equal(
            [
                new NodeStarted(1), new NodeCrashed(1, CrashKind.Process, 1),
                new NodeCrashed(0, CrashKind.PowerCut, 0), new NodeStarted(2),
                new NodeCrashed(2, CrashKind.PowerCut, 1),
            ],
            recorder.All);
    }

    [Fact]
    public void Nothing_that_outlives_a_crash_holds_on_to_the_dead_incarnation()
    {
        foreach (var kind in new[] { CrashKind.Process, CrashKind.PowerCut })
        {
            var world = new World(seed: 1);
            var (engine, shard) = RunAndCrash(world, kind);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Assert.False(engine.IsAlive, $"an object of the engine survives ({kind})");
            Assert.False(shard.IsAlive, $"the shard survives ({kind})");
            Assert.True(world.RunForMs(100_000), world.Violation?.ToString());
        }
    }

    [Fact]
    public void Five_thousand_crashes_leave_memory_flat()
    {
        var world = new World(seed: 1);
        world.AddNode(new NodeId(2), shard => _ = new BusyServer(shard));
        world.AddNode(One, shard => _ = new BusyClient(shard, far: true));
        var afterWarmUp = 0L;
        for (var crash = 1; crash <= 5_000; crash++)
        {
            Assert.True(world.RunForMs(3), world.Violation?.ToString());
            world.Crash(One, crash % 3 == 0 ? CrashKind.PowerCut : CrashKind.Process);
            world.RunForMs(1);
            world.Restart(One);
            if (crash == 1_000)
            {
                afterWarmUp = GC.GetTotalMemory(forceFullCollection: true);
            }
        }
        var grownBytes = GC.GetTotalMemory(forceFullCollection: true) - afterWarmUp;
        Assert.True(grownBytes < 400_000, $"grew by {grownBytes} bytes in 4000 crashes");
        Assert.True(world.PendingEventCount < 200, $"{world.PendingEventCount} events wait");
        Assert.True(world.DroppedEventCount > 5_000);
        GC.KeepAlive(world);
    }

    private static async EngineTask Workflow(IShard shard, List<string> ran, int depth)
    {
        using var resource = new Resource(ran);
        try
        {
            ran.Add($"begun {depth}");
            if (depth > 1)
            {
                await Workflow(shard, ran, depth - 1);
            }
            await shard.Delay(100);
            ran.Add($"done {depth}");
        }
        finally
        {
            ran.Add($"finally {depth}");
        }
    }

    private static async EngineTask WriteMuch(IShard shard)
    {
        var disk = shard.Disks[0];
        var file = (await disk.Open("a", OpenMode.CreateEmpty)).File!;
        for (var i = 0; i < 20; i++)
        {
            Assert.True((await disk.Write(file, i * 1_000, [new byte[1_000]])).IsOk);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Engine, WeakReference Shard) RunAndCrash(World world, CrashKind kind)
    {
        BusyClient? client = null;
        world.AddNode(new NodeId(2), shard => _ = new BusyServer(shard));
        world.AddNode(One, shard => client ??= new BusyClient(shard, far: true));
        world.RunForMs(50);
        Assert.NotNull(client);
        Assert.True(client.IsConnected);
        var shard = world.Node(One).Shard!;
        world.Crash(One, kind);
        var engine = client;
        client = null;
        return (new WeakReference(engine), new WeakReference(shard));
    }

    private sealed class Resource(List<string> ran) : IDisposable
    {
        public void Dispose() => ran.Add("disposed");
    }
}
