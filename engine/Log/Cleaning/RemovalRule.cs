using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What tombstones and transaction markers may be removed.</summary>
/// <param name="NowMs">The wall clock when the cleaning began, in milliseconds since 1970.</param>
/// <param name="RemovableBelow">
/// Those at or above stay whatever their horizon: a replica that still has what they hide may not have seen
/// them yet, and would bring it back. With one replica it is the largest offset there is.
/// </param>
public readonly record struct RemovalRule(long NowMs, Offset RemovableBelow)
{
    /// <summary>
    /// Whether a tombstone or marker at <paramref name="offset"/> in a batch of this delete horizon may go
    /// (KIP-534). Without a horizon no cleaning has met it yet.
    /// </summary>
    public bool MayRemove(Offset offset, long? deleteHorizonMs) =>
        deleteHorizonMs is { } horizonMs && horizonMs <= NowMs && offset < RemovableBelow;
}
