namespace Testbed.Log;

/// <summary>
/// Consecutive segments, [First, First + Count) of a list, that are compacted into one.
/// </summary>
public readonly record struct SegmentGroup(int First, int Count);
