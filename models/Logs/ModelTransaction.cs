using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>
/// A transaction that a marker has ended: offsets of its first record and of the marker, and below what all
/// transactions had ended by then.
/// </summary>
public sealed record ModelTransaction(
    ProducerId Id, Offset First, Offset Marker, bool IsAborted, Offset LastStable);
