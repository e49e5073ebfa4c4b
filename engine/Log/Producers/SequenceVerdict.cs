namespace Testbed.Log;

/// <summary>What <see cref="ProducerStates.CanAppend"/> says of a batch.</summary>
/// <param name="Kind">The decision.</param>
/// <param name="Known">The batch stored before; only for a duplicate.</param>
public readonly record struct SequenceVerdict(SequenceVerdictKind Kind, RecentBatch Known = default);
