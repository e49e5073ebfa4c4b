using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// What ended a run: a promise in words, the node that broke it (none when the world itself did), and the
/// virtual time. The same in every run of the same plan.
/// </summary>
public sealed record Violation(string Invariant, NodeId Node, Instant Time)
{
    public override string ToString() =>
        Node == NodeId.None ? $"{Time} world: {Invariant}" : $"{Time} n{Node}: {Invariant}";
}
