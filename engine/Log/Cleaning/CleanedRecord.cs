using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What compaction has to know of a record, which is neither a marker nor of an aborted transaction.
/// </summary>
/// <param name="Offset">Its offset.</param>
/// <param name="HasKey">False for a record that compaction cannot tell from others.</param>
/// <param name="HasValue">False for a tombstone.</param>
/// <param name="NewestForKey">The latest mapped offset with its key; None if there is none.</param>
/// <param name="DeleteHorizonMs">Of its batch, if that has one.</param>
public readonly record struct CleanedRecord(
    Offset Offset, bool HasKey, bool HasValue, Offset NewestForKey, long? DeleteHorizonMs);
