namespace Testbed.Log;

/// <summary>Hears how far a log has got. Called on the log's shard, never within a call to the log.</summary>
public interface ILogListener
{
    /// <summary>
    /// The log's WrittenEnd has moved up, over <paramref name="addedBytes"/> of batches.
    /// </summary>
    void OnWritten(PartitionLog log, long addedBytes);

    /// <summary>The log has gone offline; it stays so until the node starts again.</summary>
    void OnOffline(PartitionLog log);
}
