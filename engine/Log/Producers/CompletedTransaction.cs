using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A transaction that a marker has ended in this partition.</summary>
/// <param name="ProducerId">Whose it was.</param>
/// <param name="First">Offset of its first record.</param>
/// <param name="Last">Offset of the marker.</param>
/// <param name="IsAborted">Whether its records are void.</param>
/// <param name="LastStable">
/// First offset of the oldest transaction still open, or the one behind the marker.
/// </param>
public readonly record struct CompletedTransaction(
    ProducerId ProducerId, Offset First, Offset Last, bool IsAborted, Offset LastStable)
{
    /// <summary>As the segment's index of aborted transactions has it.</summary>
    public AbortedTransaction ToAborted() => new(ProducerId, First, Last, LastStable);
}
