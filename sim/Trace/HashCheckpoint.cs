using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// The trace hash after <paramref name="EventCount"/> events. Two runs that should be equal are compared
/// checkpoint by checkpoint: the first that differs says where to look closer.
/// </summary>
public readonly record struct HashCheckpoint(long EventCount, Instant Time, ulong Hash);
