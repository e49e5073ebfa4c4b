using System;
using Testbed.Sim;
using Testbed.Sim.Workloads;

namespace Testbed.Runner.Sim;

/// <summary>What came of one seed.</summary>
/// <param name="Settings">What was run.</param>
/// <param name="Report">How it ended.</param>
/// <param name="AcknowledgedCount">Records that were acknowledged and therefore checked.</param>
/// <param name="Wall">Real time that it took.</param>
internal sealed record SimRunResult(
    WorkloadSettings Settings, SimulationReport Report, long AcknowledgedCount, TimeSpan Wall)
{
    public bool IsOk => Report.Violation is null;
}
