using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Replication;
using Testbed.Node.Requests;

namespace Testbed.Node.Logs;

/// <summary>
/// Compacts the logs of a node, one at a time, the dirtiest first, until none is due any more. A log that
/// cannot be compacted keeps no other waiting: it is passed over until the next time, or, where that would be
/// no better, until the node starts again.
/// </summary>
internal sealed class LogCleaning(NodeContext node)
{
    private const double MaxBytesPerSecond = 1e15;

    // With one replica nothing hidden can come back from another.
    private static readonly Offset Everything = new(long.MaxValue);

    private readonly SortedSet<TopicPartition> _uncleanable = [];
    private PartitionLog? _running;
    private bool _isStopped;

    /// <summary>Ends the cleaning that runs, soon, and begins no other.</summary>
    public void Stop()
    {
        _isStopped = true;
        _running?.Compaction.Stop();
    }

    public async EngineTask Run()
    {
        var passedOver = new SortedSet<TopicPartition>(_uncleanable);
        while (!_isStopped && await FindDirtiest(passedOver) is var (partition, range))
        {
            var log = partition.Log;
            _running = log;
            var outcome = await log.Compaction.Run(range, SettingsOf(log), Everything, node.Shard.WallMs);
            _running = null;
            if (outcome.Status is CleanStatus.Damaged or CleanStatus.Uncleanable)
            {
                _uncleanable.Add(partition.Name);
            }
            if (outcome.Status != CleanStatus.Cleaned)
            {
                passedOver.Add(partition.Name);
            }
        }
    }

    private async EngineTask<(Partition Partition, CleanableRange Range)?> FindDirtiest(
        SortedSet<TopicPartition> passedOver)
    {
        (Partition Partition, CleanableRange Range)? found = null;
        foreach (var partition in new List<Partition>(node.Partitions.All))
        {
            if (!partition.Log.Settings.IsCompacted
                || partition.IsDeleted
                || passedOver.Contains(partition.Name))
            {
                continue;
            }
            var range = await partition.Log.Compaction.Assess(
                partition.HighWatermark, partition.LastStableOffset, node.Shard.WallMs);
            if (range is { } dirty
                && dirty.IsDue(partition.Log.Settings.MinDirtyPerMillion)
                && (found is null || dirty.IsDirtierThan(found.Value.Range)))
            {
                found = (partition, dirty);
            }
        }
        return found;
    }

    private CleanSettings SettingsOf(PartitionLog log) => new()
    {
        DeleteRetentionMs = log.Settings.DeleteRetentionMs,
        SegmentBytes = log.Settings.SegmentBytes,
        IndexBytes = log.Settings.SegmentIndexBytes,
        IndexIntervalBytes = log.Settings.IndexIntervalBytes,
        DedupeBufferBytes = (int)long.Min(
            node.Settings.Values.Long("log.cleaner.dedupe.buffer.size"), int.MaxValue),
        IoBytesPerSecond = BytesPerSecond(node.Settings.Values.Double("log.cleaner.io.max.bytes.per.second")),
    };

    /// <summary>What no disk can do is no bound.</summary>
    private static long BytesPerSecond(double setting) => setting > MaxBytesPerSecond ? 0 : (long)setting;
}
