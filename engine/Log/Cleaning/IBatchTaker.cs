using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>Is handed the batches of a segment one after the other, each checked.</summary>
internal interface IBatchTaker
{
    /// <summary>True when it needs no more of them.</summary>
    bool IsDone { get; }

    /// <summary>Bytes it had to look at for the last batch, unpacked ones counted too.</summary>
    int WorkBytes { get; }

    /// <summary>
    /// <paramref name="isLast"/>: no batch follows in the segment. The result is why the walk cannot go on,
    /// or null.
    /// </summary>
    CleanFailure? Take(RecordBatch batch, bool isLast);
}
