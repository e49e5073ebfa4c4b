using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One file of consecutive batches, named after its first offset. Knows what has been written to it; what is
/// still on its way to the disk is the writer's.
/// </summary>
internal sealed class Segment(IFile file, Offset baseOffset, int indexIntervalBytes)
{
    public IFile File { get; } = file;

    public Offset BaseOffset { get; } = baseOffset;

    /// <summary>Exclusive end of the offsets written; the base offset while the segment is empty.</summary>
    public Offset EndOffset { get; private set; } = baseOffset;

    /// <summary>Bytes written: always the end of a batch.</summary>
    public int SizeBytes { get; private set; }

    /// <summary>Largest record timestamp, in milliseconds; -1 while there is none.</summary>
    public long MaxTimestampMs { get; private set; } = -1;

    /// <summary>Where the batch with the largest timestamp begins.</summary>
    public int MaxTimestampPosition { get; private set; }

    public SparseIndex Index { get; } = new(baseOffset, indexIntervalBytes);

    /// <summary>A batch now lies at the end of the file.</summary>
    public void OnWritten(in BatchSpan batch)
    {
        Invariant.Assert(batch.BaseOffset >= EndOffset);
        Index.Add(batch, SizeBytes);
        if (batch.MaxTimestampMs > MaxTimestampMs)
        {
            MaxTimestampMs = batch.MaxTimestampMs;
            MaxTimestampPosition = SizeBytes;
        }
        EndOffset = batch.EndOffset;
        SizeBytes += batch.SizeBytes;
    }
}
