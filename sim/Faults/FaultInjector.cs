using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim.Workloads;

namespace Testbed.Sim.Faults;

/// <summary>
/// Makes a schedule happen. Where faults overlap, a node that is down stays down until its own fault ends,
/// and a fault on a node that is down does nothing.
/// </summary>
public sealed class FaultInjector(World world, NodeId broker, BrokerStops stops)
{
    private const long StopMsMax = 1_500;

    public void Schedule(IReadOnlyList<Fault> faults)
    {
        foreach (var fault in faults)
        {
            world.At(new Instant(0).PlusMs(fault.AtMs), () => Begin(fault));
        }
    }

    /// <summary>Ends everything that may still be broken.</summary>
    public void Heal()
    {
        world.Network.HealAll();
        foreach (var node in world.Nodes)
        {
            if (node.Shard is null)
            {
                world.Restart(node.Id);
            }
        }
    }

    private void Begin(Fault fault)
    {
        world.Trace.Fact(fault.Target, new FaultInjected(fault));
        switch (fault.Kind)
        {
            case FaultKind.ProcessCrash:
                Crash(fault, CrashKind.Process);
                break;
            case FaultKind.PowerCut:
                Crash(fault, CrashKind.PowerCut);
                break;
            case FaultKind.CleanStop:
                stops.Begin(world.Node(fault.Target));
                world.At(
                    world.Now.PlusMs(world.Stream("stop", fault.Id).Between(1, StopMsMax)),
                    () => Crash(fault, CrashKind.Process));
                break;
            case FaultKind.CutBothWays:
                Cut(fault.Target, broker, fault.DurationMs);
                Cut(broker, fault.Target, fault.DurationMs);
                break;
            case FaultKind.CutOneWay:
                Cut(fault.Target, broker, fault.DurationMs);
                break;
            case FaultKind.Reset:
                world.Network.ResetConnections(fault.Target, broker);
                break;
            case FaultKind.Stall:
                world.Network.Stall(fault.Target, broker, world.Now.PlusMs(fault.DurationMs));
                break;
            default:
                throw new InvariantException($"{fault.Kind} is a fault");
        }
    }

    private void Crash(Fault fault, CrashKind kind)
    {
        if (world.Node(fault.Target).Shard is null)
        {
            return;
        }
        world.Crash(fault.Target, kind);
        if (fault.Target == broker)
        {
            stops.Forget();
        }
        world.At(world.Now.PlusMs(fault.DurationMs), () => Restart(fault.Target));
    }

    private void Restart(NodeId id)
    {
        if (world.Node(id).Shard is null)
        {
            world.Restart(id);
        }
    }

    private void Cut(NodeId from, NodeId to, long durationMs)
    {
        world.Network.Cut(from, to);
        world.At(world.Now.PlusMs(durationMs), () => world.Network.Heal(from, to));
    }
}
