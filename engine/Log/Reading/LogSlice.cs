using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Whole batches in one segment's file, ready to be sent; empty when there is nothing to read. The file stays
/// open until <see cref="Release"/>: at the latest a connection has taken the range over by then.
/// </summary>
/// <param name="Status">Ok, or why the file could not be read.</param>
/// <param name="Range">The bytes; a Count of 0 is nothing.</param>
/// <param name="UpperBound">All records in it have offsets below; it may be more than their end.</param>
/// <param name="Hold">Keeps the file open; null for an empty slice.</param>
public readonly record struct LogSlice(IoStatus Status, FileRange Range, Offset UpperBound, SegmentHold? Hold)
{
    /// <summary>
    /// Why the batches that were asked for cannot be served, for people; null when the disk has kept them.
    /// </summary>
    public string? Damage { get; init; }

    public static LogSlice Nothing => default;

    public int SizeBytes => Range.Count;

    /// <summary>The bytes are with the connection, or of no use any more. Once.</summary>
    public void Release() => Hold?.Release();
}
