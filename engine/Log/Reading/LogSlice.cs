using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Whole batches in one segment's file, ready to be sent; empty when there is nothing to read.
/// </summary>
/// <param name="Status">Ok, or why the file could not be read.</param>
/// <param name="Range">The bytes; a Count of 0 is nothing.</param>
public readonly record struct LogSlice(IoStatus Status, FileRange Range)
{
    public static LogSlice Nothing => default;

    public int SizeBytes => Range.Count;
}
