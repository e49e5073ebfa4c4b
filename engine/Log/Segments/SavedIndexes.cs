namespace Testbed.Log;

/// <summary>How many bytes of each index file of a segment are on the disk.</summary>
internal readonly record struct SavedIndexes(int OffsetBytes, int TimeBytes, int AbortedBytes);
