namespace Testbed.Node.Replication;

/// <summary>Waits for something to happen to a partition.</summary>
public interface IPartitionWatcher
{
    /// <summary>
    /// More can be read (<paramref name="addedBytes"/> of it), or the partition can no longer be read at all
    /// (-1). The watcher stays until it is taken away.
    /// </summary>
    void OnProgress(Partition partition, long addedBytes);
}
