using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Controller;
using Testbed.Node.Replication;
using Testbed.Node.Requests;

namespace Testbed.Node.Logs;

/// <summary>
/// What is done with all logs of a node from time to time: writing down how far they are, and at the end
/// closing them so that the next start has nothing to examine.
/// </summary>
public sealed class LogManager : IWork
{
    private const int FlushedAtOnce = 16;

    private readonly NodeContext _node;
    private readonly IReadOnlyList<LogDirectory> _directories;
    private readonly SortedDictionary<long, LogChore> _chores = [];
    private readonly LogCleaning _cleaning;
    private readonly SortedSet<Uuid> _unflushed = [];    // directories, at the stop
    private bool _isStopping;

    public LogManager(NodeContext node, IReadOnlyList<LogDirectory> directories)
    {
        _node = node;
        _directories = directories;
        _cleaning = new LogCleaning(node);
        var values = node.Settings.Values;
        Add(values.Int("log.flush.offset.checkpoint.interval.ms"), WriteRecoveryPoints);
        Add(values.Int("log.flush.start.offset.checkpoint.interval.ms"), WriteLogStarts);
        Add(values.Long("replica.high.watermark.checkpoint.interval.ms"), WriteHighWatermarks);
        Add(values.Long("log.retention.check.interval.ms"), DeleteOldSegments);
        if (values.Bool("log.cleaner.enable"))
        {
            Add(values.Long("log.cleaner.backoff.ms"), _cleaning.Run);
        }
    }

    /// <summary>The chores begin; each has its first turn after its interval.</summary>
    public void Start()
    {
        foreach (var (number, chore) in _chores)
        {
            Arm(number, chore);
        }
    }

    public void Run(long token)
    {
        if (!_isStopping)
        {
            _ = Do(token, _chores[token]);
        }
    }

    /// <summary>
    /// Brings every log to the disk for good, that of the metadata last, and leaves the markers of a clean
    /// stop where all went well. Clients append nothing any more.
    /// </summary>
    public async EngineTask Stop(MetadataLog metadata)
    {
        _isStopping = true;
        _cleaning.Stop();
        var waiting = new Queue<Partition>(_node.Partitions.All);
        var flushers = new List<EngineTask>();
        for (var i = 0; i < FlushedAtOnce && i < waiting.Count; i++)
        {
            flushers.Add(FlushSome(waiting));
        }
        foreach (var flusher in flushers)
        {
            await flusher;
        }
        await WriteRecoveryPoints();
        await WriteLogStarts();
        await WriteHighWatermarks();
        // A directory that has failed just now is taken out of the registration, in the metadata.
        if (!await metadata.Flush())
        {
            return;
        }
        foreach (var directory in _directories.Where(
            directory => !directory.IsOffline && !_unflushed.Contains(directory.Id)))
        {
            await CleanShutdown.Leave(directory.Disk, _node.Image.Broker(_node.Settings.NodeId)!.Epoch);
        }
    }

    private void Add(long intervalMs, Func<EngineTask> work)
    {
        if (intervalMs > 0)
        {
            _chores.Add(_chores.Count, new LogChore(intervalMs, work));
        }
    }

    private void Arm(long number, LogChore chore) =>
        _node.Shard.SetTimer(_node.Shard.Now.PlusMs(chore.IntervalMs), this, number);

    private async EngineTask Do(long number, LogChore chore)
    {
        await chore.Work();
        Arm(number, chore);
    }

    private async EngineTask FlushSome(Queue<Partition> waiting)
    {
        while (waiting.TryDequeue(out var partition))
        {
            if (!await partition.Log.Flush())
            {
                _unflushed.Add(partition.Log.Place.Id);
            }
        }
    }

    private async EngineTask DeleteOldSegments()
    {
        foreach (var partition in Online().ToList())
        {
            if (!_isStopping && !partition.IsDeleted && !partition.Log.IsOffline)
            {
                await partition.Log.DeleteOldSegments(partition.HighWatermark, _node.Shard.WallMs);
            }
        }
    }

    private EngineTask WriteRecoveryPoints()
    {
        foreach (var partition in Online())
        {
            partition.Log.Place.RecoveryPoints.Set(partition.Name, partition.Log.RecoveryPoint);
        }
        return Write(static directory => directory.RecoveryPoints);
    }

    private EngineTask WriteLogStarts()
    {
        foreach (var partition in Online().Where(static partition => partition.Log.IsStartWithinSegment))
        {
            partition.Log.Place.LogStarts.Set(partition.Name, partition.Log.StartOffset);
        }
        return Write(static directory => directory.LogStarts);
    }

    private EngineTask WriteHighWatermarks()
    {
        foreach (var partition in Online())
        {
            partition.Log.Place.HighWatermarks.Set(partition.Name, partition.HighWatermark);
        }
        return Write(static directory => directory.HighWatermarks);
    }

    private IEnumerable<Partition> Online() =>
        _node.Partitions.All.Where(static partition => !partition.Log.IsOffline);

    private async EngineTask Write(Func<LogDirectory, OffsetCheckpointFile> fileOf)
    {
        foreach (var directory in _directories.Where(static directory => !directory.IsOffline))
        {
            await fileOf(directory).Write();
        }
    }
}
