using System;

namespace Testbed.Wire.Records;

/// <summary>
/// Walks batches that stand one behind the other, as in a segment or in the answer to a fetch, and stops at
/// the first thing that is not a whole batch of format 2.
/// </summary>
public ref struct RecordBatchReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>What has not been read.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = bytes;

    /// <summary>
    /// Why the walk has stopped: at the end it is Partial with an empty <see cref="Rest"/>; a fetch may cut
    /// the last batch, which is Partial with a rest.
    /// </summary>
    public BatchFrame Ending { get; private set; }

    public bool TryRead(out RecordBatch batch)
    {
        Ending = BatchFrame.Of(Rest);
        if (Ending.Framing != BatchFraming.Whole)
        {
            batch = default;
            return false;
        }
        var sizeBytes = (int)Ending.SizeBytes;
        batch = new RecordBatch(Rest[..sizeBytes]);
        Rest = Rest[sizeBytes..];
        return true;
    }
}
