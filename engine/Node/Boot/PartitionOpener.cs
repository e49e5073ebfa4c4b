using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Controller;
using Testbed.Node.Replication;
using Testbed.Node.Requests;

namespace Testbed.Node.Boot;

/// <summary>
/// Opens the logs of partitions that the metadata assigns to this node, several at a time. A partition whose
/// directory cannot be trusted is there too, offline. Tells how far it is, while that takes long.
/// </summary>
internal sealed class PartitionOpener(NodeContext node, IReadOnlyList<LogDirectory> directories) : IWork
{
    private const int OpenedAtOnce = 16;
    private const int ProgressMs = 1_000;

    private readonly Queue<(TopicImage Topic, PartitionImage Partition)> _waiting = new();
    private int _added;      // partitions since the start
    private int _running;    // calls of Run that have not completed
    private TimerId? _progress;

    /// <summary>Partitions opened since the start.</summary>
    public int Count { get; private set; }

    /// <summary>Partitions of a topic from <paramref name="first"/> on that have a replica here.</summary>
    public void Add(TopicImage topic, int first)
    {
        foreach (var partition in topic.Partitions.Skip(first))
        {
            if (partition.Replicas.Contains(node.Settings.NodeId.Value))
            {
                _waiting.Enqueue((topic, partition));
                _added++;
            }
        }
    }

    /// <summary>Completes when all that was added is open.</summary>
    public async EngineTask Run()
    {
        _running++;
        _progress ??= SetTimer();
        var openers = new List<EngineTask>();
        var count = Math.Min(OpenedAtOnce, _waiting.Count);
        for (var i = 0; i < count; i++)
        {
            openers.Add(OpenSome());
        }
        foreach (var opener in openers)
        {
            await opener;
        }
        _running--;
        if (_running == 0 && _progress is { } timer)
        {
            node.Shard.Cancel(timer);
            _progress = null;
        }
    }

    void IWork.Run(long token)
    {
        var examined = directories.Sum(static directory => directory.ExaminedBytes);
        node.Shard.Trace.Emit(new PartitionsOpening(Count, _added, examined));
        _progress = SetTimer();
    }

    private TimerId SetTimer() => node.Shard.SetTimer(node.Shard.Now.PlusMs(ProgressMs), this, 0);

    private async EngineTask OpenSome()
    {
        while (_waiting.TryDequeue(out var next))
        {
            await OpenOne(next.Topic, next.Partition);
        }
    }

    private async EngineTask OpenOne(TopicImage topic, PartitionImage image)
    {
        var name = new TopicPartition(topic.Name, image.Index);
        Invariant.Assert(name.ToString() != MetadataLog.Directory);
        var settings = node.SettingsOf(topic.Name);
        var log = await OpenLog(name, topic.Id, image, settings.Log);
        node.Partitions.Add(new Partition(name, topic.Id, log, image.LeaderEpoch, settings));
        Count++;
    }

    private async EngineTask<PartitionLog> OpenLog(
        TopicPartition name, Uuid topicId, PartitionImage image, LogSettings settings)
    {
        var directory = name.ToString();
        if (FindDirectory(image) is not { } place)
        {
            var any = directories.First(static place => !place.IsOffline);
            return Offline(any, "its log directory is none of those that work; put that back");
        }
        if (place.OfflineReason is { } failure)
        {
            return Offline(place, failure);
        }
        var disk = place.Disk;
        var status = await PartitionDirectory.Ensure(node.Shard, disk, directory, topicId);
        if (status != IoStatus.Ok)
        {
            return Offline(place, $"directory {directory} in {disk.Name} cannot be made ready ({status})");
        }
        var opening = Opening(place, name, image);
        var log = await LogOpener.Open(node.Shard, place, directory, name, settings, opening);
        // What the log has lost below the old start is given again, and must stay.
        if (log.IsOffline
            || log.StartOffset >= opening.StartOffset
            || await place.LogStarts.Keep(name, log.StartOffset))
        {
            return log;
        }
        await log.Close();
        return Offline(place, $"{disk.Name} cannot be written");

        PartitionLog Offline(LogDirectory at, string reason) =>
            LogOpener.Offline(node.Shard, at, directory, name, settings, reason);
    }

    private LogOpening Opening(LogDirectory place, TopicPartition name, PartitionImage image) => new()
    {
        StartOffset = place.LogStarts.Of(name),
        RecoveryPoint = place.RecoveryPoints.Of(name),
        CleanedEnd = place.CleanerPoints.Of(name),
        IsClean = node.CleanDirectories.Contains(place.Id),
        NewestEpoch = image.LeaderEpoch,
    };

    /// <summary>The partition's log directory; null when it is not among those there are.</summary>
    private LogDirectory? FindDirectory(PartitionImage image)
    {
        var replica = image.Replicas.ToList().IndexOf(node.Settings.NodeId.Value);
        Invariant.Assert(replica >= 0);
        var wanted = replica < image.Directories.Count ? image.Directories[replica] : Uuid.Zero;
        return wanted.IsZero
            ? directories.First(static place => !place.IsOffline)
            : directories.FirstOrDefault(place => place.Id == wanted);
    }
}
