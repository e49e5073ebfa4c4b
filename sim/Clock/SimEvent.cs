using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// One entry of the world's queue. With a <paramref name="Shard"/> it is a unit of work of that incarnation
/// and is dropped with it; without one it belongs to the world and survives every crash.
/// </summary>
public readonly record struct SimEvent(SimShard? Shard, IWork Work, long Token, SimEventKind Kind);
