using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// One of log.dirs: what the logs in it share. It fails as a whole: a device that has lost one write can be
/// trusted with none.
/// </summary>
public sealed class LogDirectory
{
    private readonly IShard _shard;
    private readonly LinkedList<PartitionLog> _logs = new();
    private ILogDirectoryListener? _listener;

    public LogDirectory(IShard shard, IDisk disk, Uuid id)
    {
        _shard = shard;
        Disk = disk;
        Id = id;
        Cache = new SegmentCache(disk);
        Deletions = new FileDeletions(shard, disk);
        RecoveryPoints = new OffsetCheckpointFile(shard, disk, OffsetCheckpoint.RecoveryPointFile, Fail);
        LogStarts = new OffsetCheckpointFile(shard, disk, OffsetCheckpoint.LogStartFile, Fail);
        HighWatermarks = new OffsetCheckpointFile(shard, disk, OffsetCheckpoint.HighWatermarkFile, Fail);
        CleanerPoints = new OffsetCheckpointFile(shard, disk, OffsetCheckpoint.CleanerFile, Fail);
    }

    public IDisk Disk { get; }

    /// <summary>directory.id of its meta.properties.</summary>
    public Uuid Id { get; }

    /// <summary>Below which offset nothing has to be examined after a crash.</summary>
    public OffsetCheckpointFile RecoveryPoints { get; }

    /// <summary>Where the partitions begin that DeleteRecords has shortened.</summary>
    public OffsetCheckpointFile LogStarts { get; }

    public OffsetCheckpointFile HighWatermarks { get; }

    /// <summary>How far logs are compacted: the first offset that is not.</summary>
    public OffsetCheckpointFile CleanerPoints { get; }

    /// <summary>Those files that only save work: without them more is examined, or done again.</summary>
    public IReadOnlyList<OffsetCheckpointFile> Hints => [RecoveryPoints, HighWatermarks, CleanerPoints];

    /// <summary>Why the directory is offline, for people; null while it works.</summary>
    public string? OfflineReason { get; private set; }

    public bool IsOffline => OfflineReason is not null;

    /// <summary>Bytes of segments that were read to be checked, since the start.</summary>
    public long ExaminedBytes { get; internal set; }

    internal SegmentCache Cache { get; }

    internal FileDeletions Deletions { get; }

    /// <summary>Takes the directory and all logs in it offline, until the node starts again.</summary>
    public void Fail(string reason)
    {
        if (IsOffline)
        {
            return;
        }
        OfflineReason = reason;
        if (_shard.Trace.IsListening)
        {
            _shard.Trace.Emit(new LogDirectoryFailed(Disk.Name, reason));
        }
        foreach (var log in _logs.ToList())
        {
            log.GoOffline(reason);
        }
        _listener?.OnFailed(this);
    }

    public void Listen(ILogDirectoryListener listener) => _listener = listener;

    /// <summary>Forgets the offsets of partitions that are none any more, durably.</summary>
    public async EngineTask Forget(Predicate<TopicPartition> isGone)
    {
        await RecoveryPoints.Forget(isGone);
        await LogStarts.Forget(isGone);
        await HighWatermarks.Forget(isGone);
        await CleanerPoints.Forget(isGone);
    }

    internal LinkedListNode<PartitionLog> Add(PartitionLog log) => _logs.AddLast(log);

    internal void Remove(LinkedListNode<PartitionLog> place) => _logs.Remove(place);
}
