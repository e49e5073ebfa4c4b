namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>A mistake to be made on purpose, so that a check can be seen to notice it.</summary>
internal enum PlantedFlaw
{
    None,

    /// <summary>P1: the oldest record of a key survives.</summary>
    KeepsTheOldest,

    /// <summary>P2: batches close the gaps that removed records leave.</summary>
    MovesOffsets,

    /// <summary>P3: cleans beyond what has been decided (KAFKA-13194).</summary>
    IgnoresTheBound,

    /// <summary>P4: tombstones go when cleaning meets them first.</summary>
    RemovesTombstonesAtOnce,

    /// <summary>P4: tombstones go by time alone, whoever lags.</summary>
    RemovesAboveTheRemovable,

    /// <summary>P5: markers are compared by key with one another (KAFKA-14055).</summary>
    ComparesMarkersByKey,

    /// <summary>P5: a producer's last batch goes with its records (KAFKA-5490).</summary>
    ForgetsProducers,

    /// <summary>P8: aborted records count as newest.</summary>
    MapsAbortedRecords,

    /// <summary>P8: aborted records stay, while their marker goes.</summary>
    KeepsAbortedRecords,
}
