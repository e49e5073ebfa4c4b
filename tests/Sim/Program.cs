using System;
using System.Diagnostics;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Sim;

/// <summary>
/// The test assembly as a program: `toy 1 2 3` runs the toy protocol under these seeds and prints a report
/// for each, `toy-with-hash-codes` does so with a toy that no two processes run alike, `speed` measures how
/// fast worlds go.
/// </summary>
public static class Program
{
    private static readonly NodeId One = new(1);

    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["toy", .. var seeds]:
                Print(seeds, ToyRun.Of);
                return 0;
            case ["toy-with-hash-codes", .. var seeds]:
                Print(seeds, ToyRun.WithHashCodes);
                return 0;
            case ["speed"]:
                for (var round = 1; round <= 3; round++)
                {
                    Measure("posts and timers", Chains, 5_000_000);
                    Measure("echo and disk", Traffic, 1_000_000);
                    Measure("soak", Soak, 1_000_000);
                }
                return 0;
            default:
                Console.Error.WriteLine("usage: toy <seed>... | toy-with-hash-codes <seed>... | speed");
                return 2;
        }
    }

    private static void Print(string[] seeds, Func<ulong, SimulationReport> run)
    {
        foreach (var seed in seeds)
        {
            Console.WriteLine(run(ulong.Parse(seed)));
        }
    }

    private static void Measure(string what, Func<World> make, long events)
    {
        var world = make();
        while (world.EventCount < events / 10 && world.Step())
        {
        }
        var allocatedBytes = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var first = world.EventCount;
        while (world.EventCount < events && world.Step())
        {
        }
        var count = world.EventCount - first;
        var cpuMs = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds;
        allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - allocatedBytes;
        Console.WriteLine(
            $"{what}: {count / (cpuMs / 1000) / 1e6:F2} M events per CPU second, "
            + $"{count / watch.Elapsed.TotalSeconds / 1e6:F2} M/s, "
            + $"{(double)allocatedBytes / count:F1} B/event, {world.Now} simulated, {world.Report()}");
    }

    private static World Chains()
    {
        var world = new World(seed: 1);
        for (var id = 1; id <= 3; id++)
        {
            world.AddNode(new NodeId(id), shard =>
            {
                for (var chain = 1; chain <= 30; chain++)
                {
                    new Chain(shard, chain).Run(0);
                }
            });
        }
        return world;
    }

    private static World Traffic()
    {
        var world = new World(seed: 1);
        world.AddNode(new NodeId(2), shard => _ = new BusyServer(shard));
        for (var id = 3; id <= 8; id++)
        {
            world.AddNode(new NodeId(id), shard => _ = new BusyClient(shard, far: true));
        }
        return world;
    }

    private static World Soak()
    {
        var world = new World(seed: 1);
        world.AddNode(new NodeId(2), shard => _ = new BusyServer(shard));
        world.AddNode(One, shard => _ = new BusyClient(shard, far: true));
        Crash();
        return world;

        void Crash() => world.At(world.Now.PlusMs(40), () =>
        {
            world.Crash(One, CrashKind.Process);
            world.Restart(One);
            Crash();
        });
    }

    private sealed class Chain(IShard shard, long everyTicks) : IWork
    {
        public void Run(long token)
        {
            if (token % 2 == 0)
            {
                shard.Post(this, token + 1);
            }
            else
            {
                shard.SetTimer(new Instant(shard.Now.Ticks + everyTicks), this, token + 1);
            }
        }
    }
}
