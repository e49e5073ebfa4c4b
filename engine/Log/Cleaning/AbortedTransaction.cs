using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A transaction that was aborted (KIP-98). Readers of committed data pass over this producer's records in
/// it.
/// </summary>
/// <param name="ProducerId">Whose it was.</param>
/// <param name="First">Offset of its first record.</param>
/// <param name="Last">Offset of its abort marker.</param>
/// <param name="LastStable">
/// The last stable offset once the marker was in the log: everything below had been decided.
/// </param>
public readonly record struct AbortedTransaction(
    ProducerId ProducerId, Offset First, Offset Last, Offset LastStable);
