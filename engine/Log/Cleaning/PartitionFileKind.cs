namespace Testbed.Log;

/// <summary>What a file of a partition's directory holds, of those named after an offset.</summary>
public enum PartitionFileKind
{
    /// <summary>Batches.</summary>
    Log = 0,

    /// <summary>Where offsets are in the log.</summary>
    OffsetIndex,

    /// <summary>Where timestamps are in the log.</summary>
    TimeIndex,

    /// <summary>Aborted transactions. Not every segment has one.</summary>
    TransactionIndex,

    /// <summary>Producers' state below the offset.</summary>
    Snapshot,
}
