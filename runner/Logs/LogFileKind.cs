namespace Testbed.Runner.Logs;

/// <summary>What a file in a log directory is, by its name.</summary>
internal enum LogFileKind
{
    /// <summary>Offset.log.</summary>
    Segment,

    /// <summary>Offset.index.</summary>
    OffsetIndex,

    /// <summary>Offset.timeindex.</summary>
    TimeIndex,

    /// <summary>Offset.txnindex.</summary>
    AbortedTransactions,

    /// <summary>Offset.snapshot.</summary>
    ProducerSnapshot,

    /// <summary>Offset-epoch.checkpoint, bootstrap.checkpoint: a snapshot of the metadata log.</summary>
    MetadataSnapshot,

    /// <summary>The leader-epoch-checkpoint.</summary>
    LeaderEpochs,

    /// <summary>Name-offset-checkpoint, in the log directory.</summary>
    OffsetCheckpoint,

    /// <summary>Partition.metadata, quorum-state, meta.properties and the like.</summary>
    Text,

    /// <summary>
    /// A .deleted, .cleaned, .swap, .part or .tmp file: on its way to be something, or to be gone.
    /// </summary>
    Leftover,

    Unknown,
}
