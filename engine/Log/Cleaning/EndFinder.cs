using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>Finds out where the last batch of a segment ends.</summary>
internal sealed class EndFinder(Offset baseOffset) : IBatchTaker
{
    /// <summary>Exclusive; the segment's base while no batch has been seen.</summary>
    public Offset End { get; private set; } = baseOffset;

    public bool IsDone => false;

    public int WorkBytes { get; private set; }

    public CleanFailure? Take(RecordBatch batch, bool isLast)
    {
        WorkBytes = batch.SizeInBytes;
        End = new Offset(batch.LastOffset) + 1;
        return null;
    }
}
