using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Bytes that wait to leave: of a lease, or of a file when there is no lease. <paramref name="Start"/> counts
/// from the beginning of either.
/// </summary>
internal readonly record struct Outgoing(Lease? Lease, SimFile? File, long Start, int Count);
