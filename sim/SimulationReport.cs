using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// What came of a run. Two runs of the same plan have equal reports, in any process and on any machine.
/// <paramref name="Hash"/> stands for all that happened; <paramref name="Violation"/> is null when every
/// promise held.
/// </summary>
public sealed record SimulationReport(
    ulong Seed, long Events, ulong Hash, Instant SimulatedTime, Violation? Violation)
{
    public override string ToString() =>
        $"seed={Seed} events={Events} hash={Hash:x16} time={SimulatedTime} "
        + (Violation is null ? "ok" : Violation.ToString());
}
