using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim.Workloads;

namespace Testbed.Sim.Faults;

/// <summary>
/// Draws the faults of a run. Each fault has a random stream of its own, so that leaving one out changes
/// nothing about the others. The broker is hit as often as all clients together.
/// </summary>
public static class FaultSchedule
{
    private const long QuietAtStartMs = 1_000;
    private const int DurationMsMax = 6_000;

    private static ReadOnlySpan<FaultKind> BrokerKinds =>
        [FaultKind.ProcessCrash, FaultKind.PowerCut, FaultKind.CleanStop];

    private static ReadOnlySpan<FaultKind> ClientKinds =>
    [
        FaultKind.ProcessCrash, FaultKind.CutBothWays, FaultKind.CutOneWay, FaultKind.Reset, FaultKind.Stall,
    ];

    public static IReadOnlyList<Fault> Draw(
        World world, WorkloadSettings settings, NodeId broker, IReadOnlyList<NodeId> clients)
    {
        var faults = new List<Fault>();
        var count = world.Stream("fault-count").Below(settings.FaultCountMax + 1);
        var endMs = settings.DurationMs * 5 / 6;
        for (var id = 0; id < count; id++)
        {
            var random = world.Stream("fault", id);
            var hitsBroker = random.Chance(1, 2);
            var kinds = hitsBroker ? BrokerKinds : ClientKinds;
            var kind = kinds[random.Below(kinds.Length)];
            var target = hitsBroker ? broker : clients[random.Below(clients.Count)];
            var atMs = random.Between(QuietAtStartMs, endMs - DurationMsMax);
            faults.Add(new Fault(id, atMs, kind, target, random.Between(1, DurationMsMax)));
        }
        return faults;
    }
}
