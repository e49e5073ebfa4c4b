using System;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// What ended a run: a promise in words, the node that broke it (none when the world itself did), and the virtual time.
/// The exception is for a debugger only: its stack differs from run to run and is never printed or hashed.
/// </summary>
public sealed record Violation(string Invariant, NodeId Node, Instant Time, Exception? Error = null)
{
    public override string ToString() => $"{Time} {(Node == NodeId.None ? "world" : $"n{Node}")}: {Invariant}";
}
