using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What compaction has to know of a batch before it looks at its records.</summary>
/// <param name="Last">Its last offset.</param>
/// <param name="IsControl">It holds a control record.</param>
/// <param name="IsSettled">
/// Data of an aborted transaction; or the marker of a transaction of which no record is left.
/// </param>
/// <param name="IsLastOfProducer">A live producer has its last sequence or its epoch from it.</param>
/// <param name="IsLastOfGroup">No batch follows in the segment that is made.</param>
/// <param name="DeleteHorizonMs">Its delete horizon, if it has one.</param>
public readonly record struct CleanedBatch(
    Offset Last,
    bool IsControl,
    bool IsSettled,
    bool IsLastOfProducer,
    bool IsLastOfGroup,
    long? DeleteHorizonMs);
