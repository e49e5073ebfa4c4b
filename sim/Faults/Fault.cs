using Testbed.Foundation;

namespace Testbed.Sim.Faults;

/// <summary>
/// One fault of a run: when, what, to whom, for how long. Times are virtual milliseconds of the world.
/// </summary>
public readonly record struct Fault(int Id, long AtMs, FaultKind Kind, NodeId Target, long DurationMs);
