namespace Testbed.Log;

/// <summary>
/// Where a file of a partition's directory is in its life. Kafka's suffixes, so that either's directories can
/// be recovered by the other.
/// </summary>
public enum PartitionFileStage
{
    /// <summary>In use.</summary>
    Live = 0,

    /// <summary>`.cleaned`: compaction is writing it; nothing depends on it.</summary>
    Cleaned,

    /// <summary>`.swap`: whole and synced, and about to replace others.</summary>
    Swap,

    /// <summary>`.deleted`: replaced or expired; goes when no reader can have it open.</summary>
    Deleted,
}
