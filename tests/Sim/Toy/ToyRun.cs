using System;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Sim;

/// <summary>
/// Three echo servers and two clients under crashes, cuts, stalls and resets for a while, then at peace; at
/// the end all servers lose power once more and must find what they acknowledged.
/// </summary>
internal sealed class ToyRun
{
    private const int Servers = 3;
    private const int Clients = 2;
    private const long TroubleMs = 6_000;

    private readonly Prng _chance;

    public ToyRun(WorldOptions options, bool isSyncLying = false, Func<long>? morePauseTicks = null)
    {
        World = new World(options);
        World.Trace.AddOracle(Oracle);
        _chance = World.Stream("trouble");
        for (var id = 1; id <= Servers; id++)
        {
            var node = World.AddNode(new NodeId(id), shard => _ = new EchoServer(shard));
            node.Disks[0].IsSyncLying = isSyncLying;
        }
        for (var id = 1; id <= Clients; id++)
        {
            World.AddNode(
                new NodeId(Servers + id), shard => _ = new EchoClient(shard, Servers, morePauseTicks));
        }
    }

    public World World { get; }

    public AckedIsDurable Oracle { get; } = new();

    public static SimulationReport Of(ulong seed) => new ToyRun(new WorldOptions { Seed = seed }).Run();

    /// <summary>
    /// The planted offender: pauses drawn from the hash code of a string, which differs from process to
    /// process and is the same throughout one.
    /// </summary>
    public static SimulationReport WithHashCodes(ulong seed) => new ToyRun(
        new WorldOptions { Seed = seed },
        morePauseTicks: static () =>
            unchecked((uint)StringComparer.Ordinal.GetHashCode("pause")) % (10 * Instant.TicksPerMs)).Run();

    public SimulationReport Run()
    {
        World.At(World.Now.PlusMs(500), Trouble);
        if (World.RunForMs(TroubleMs))
        {
            MakePeace();
            World.RunForMs(1_500);
        }
        for (var id = 1; id <= Servers && World.Violation is null; id++)
        {
            World.Crash(new NodeId(id), CrashKind.PowerCut);
            World.Restart(new NodeId(id));
            World.RunForMs(1_500);
        }
        return World.Report();
    }

    private void Trouble()
    {
        if (World.Now.Ticks >= TroubleMs * Instant.TicksPerMs)
        {
            return;
        }
        World.At(World.Now.PlusMs(_chance.Between(50, 400)), Trouble);
        var one = new NodeId(1 + _chance.Below(Servers + Clients));
        var other = new NodeId(1 + _chance.Below(Servers + Clients));
        switch (_chance.Below(8))
        {
            case 0:
            case 1:
                CrashForAWhile(one, CrashKind.PowerCut);
                break;
            case 2:
                CrashForAWhile(one, CrashKind.Process);
                break;
            case 3:
                World.Network.Cut(one, other);
                break;
            case 4:
                World.Network.Stall(one, other, World.Now.PlusMs(_chance.Between(1, 1_000)));
                break;
            case 5:
                World.Network.ResetConnections(one, other);
                break;
            default:
                World.Network.Heal(one, other);
                break;
        }
    }

    private void CrashForAWhile(NodeId id, CrashKind kind)
    {
        if (World.Node(id).Shard is null)
        {
            return;
        }
        World.Crash(id, kind);
        World.At(World.Now.PlusMs(_chance.Between(1, 800)), () => StartIfDown(id));
    }

    private void StartIfDown(NodeId id)
    {
        if (World.Node(id).Shard is null)
        {
            World.Restart(id);
        }
    }

    private void MakePeace()
    {
        World.Network.HealAll();
        foreach (var node in World.Nodes)
        {
            StartIfDown(node.Id);
        }
    }
}
