namespace Testbed.Log;

/// <summary>How many bytes of each index file of a segment are on the disk.</summary>
internal readonly record struct SavedIndexes(int OffsetBytes, int TimeBytes, int AbortedBytes)
{
    /// <summary>Of files that hold just these.</summary>
    public static SavedIndexes Of(SegmentIndexes indexes, AbortedTransactionIndex aborted) => new(
        indexes.Offsets.Bytes.Length, indexes.Times.Bytes.Length, aborted.Bytes.Length);
}
