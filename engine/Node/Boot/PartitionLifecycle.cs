using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Controller;
using Testbed.Node.Replication;
using Testbed.Node.Requests;

namespace Testbed.Node.Boot;

/// <summary>
/// Brings the partitions that the metadata assigns to this node to life: opens their logs, at boot and when
/// topics are made, and takes them away when topics are deleted.
/// </summary>
public sealed class PartitionLifecycle : IDeadlineSink<DoomedPartition>
{
    private const int OpenedAtOnce = 16;
    private const string DeletedSuffix = "-delete";

    private readonly NodeContext _node;
    private readonly IReadOnlyList<LogDirectory> _directories;
    private readonly List<LogStarts> _logStarts = [];    // in the order of the directories
    private readonly Queue<(TopicImage Topic, PartitionImage Partition)> _toOpen = new();
    private readonly DeadlineQueue<DoomedPartition> _doomed;

    public PartitionLifecycle(NodeContext node, IReadOnlyList<LogDirectory> directories)
    {
        _node = node;
        _directories = directories;
        _doomed = new DeadlineQueue<DoomedPartition>(node.Shard, this);
        foreach (var directory in directories)
        {
            _logStarts.Add(new LogStarts(node.Shard, directory.Disk));
        }
    }

    /// <summary>Partitions opened since the start.</summary>
    public int Count { get; private set; }

    /// <summary>Opens every partition of the image that has a replica here, several at a time.</summary>
    public async EngineTask OpenAll()
    {
        foreach (var starts in _logStarts)
        {
            await starts.Read();
        }
        foreach (var topic in _node.Image.Topics)
        {
            Enqueue(topic, 0);
        }
        await OpenQueued();
        foreach (var topic in _node.Image.Topics)
        {
            _node.Visibility.Show(topic);
        }
        await ForgetLogStarts();
        await RemoveLeftovers();
    }

    /// <summary>Opens the partitions of a topic from <paramref name="first"/> on, and shows them.</summary>
    public async EngineTask Open(TopicImage topic, int first)
    {
        Enqueue(topic, first);
        await OpenQueued();
        _node.Visibility.Show(topic);
    }

    /// <summary>
    /// Stops serving a topic and renames its directories away; the files go after file.delete.delay.ms, when
    /// nobody reads them any more.
    /// </summary>
    public async EngineTask Delete(TopicImage topic, long delayMs)
    {
        _node.Visibility.Forget(topic.Id);
        foreach (var partition in _node.Partitions.Remove(topic.Name, topic.Id))
        {
            partition.BecomeDeleted();
            await partition.Log.Finish();
            var disk = partition.Log.Disk;
            var away = $"{partition.Name}.{_node.Shard.Random("ids").NextUuid()}{DeletedSuffix}";
            var renamed = await disk.Rename(partition.Log.Directory, away);
            if (renamed.IsOk)
            {
                _doomed.Add(_node.Shard.Now.PlusMs(delayMs), new DoomedPartition(disk, away, partition.Log));
            }
        }
        await ForgetLogStarts();
        _node.ForgetSettingsOf(topic.Name);
    }

    /// <summary>Keeps a partition's new log start. False when the disk failed.</summary>
    public EngineOp<bool> KeepLogStart(Partition partition) =>
        LogStartsOn(partition.Log.Disk).Keep(partition.Name, partition.Log.StartOffset);

    public void OnDeadline(DoomedPartition row) => _ = CloseAndDelete(row);

    private void Enqueue(TopicImage topic, int first)
    {
        foreach (var partition in topic.Partitions.Skip(first))
        {
            if (partition.Replicas.Contains(_node.Settings.NodeId.Value))
            {
                _toOpen.Enqueue((topic, partition));
            }
        }
    }

    private async EngineTask OpenQueued()
    {
        var openers = new List<EngineTask>();
        for (var i = 0; i < OpenedAtOnce && i < _toOpen.Count; i++)
        {
            openers.Add(OpenSome());
        }
        foreach (var opener in openers)
        {
            await opener;
        }
    }

    private async EngineTask OpenSome()
    {
        while (_toOpen.TryDequeue(out var next))
        {
            await OpenOne(next.Topic, next.Partition);
        }
    }

    private async EngineTask OpenOne(TopicImage topic, PartitionImage image)
    {
        var name = new TopicPartition(topic.Name, image.Index);
        var replica = IndexOf(image.Replicas, _node.Settings.NodeId.Value);
        var wanted = replica < image.Directories.Count ? image.Directories[replica] : Uuid.Zero;
        var disk = (_directories.FirstOrDefault(directory => directory.Id == wanted) ?? _directories[0]).Disk;
        var directory = name.ToString();

        await PartitionDirectory.Ensure(_node.Shard, disk, directory, topic.Id);
        var settings = _node.SettingsOf(topic.Name);
        var start = LogStartsOn(disk).Of(name);
        var log = await LogOpener.Open(
            _node.Shard, disk, directory, name, settings.Log, start, image.LeaderEpoch);
        _node.Partitions.Add(new Partition(name, topic.Id, log, image.LeaderEpoch, settings));
        Count++;
    }

    private static int IndexOf(IReadOnlyList<int> replicas, int broker)
    {
        for (var i = 0; i < replicas.Count; i++)
        {
            if (replicas[i] == broker)
            {
                return i;
            }
        }
        throw new InvariantException($"broker {broker} has no replica");
    }

    private LogStarts LogStartsOn(IDisk disk) =>
        _logStarts.Find(starts => ReferenceEquals(starts.Disk, disk))
        ?? throw new InvariantException($"{disk.Name} is no log directory");

    private async EngineTask ForgetLogStarts()
    {
        foreach (var starts in _logStarts)
        {
            await starts.Forget(name => _node.Partitions.Find(name.Topic, name.Partition) is null);
        }
    }

    /// <summary>Directories that were renamed away before the node stopped.</summary>
    private async EngineTask RemoveLeftovers()
    {
        foreach (var directory in _directories)
        {
            var listing = await directory.Disk.List("");
            foreach (var name in listing.Names)
            {
                if (name.EndsWith(DeletedSuffix + "/", System.StringComparison.Ordinal))
                {
                    await DeleteDirectory(directory.Disk, name[..^1]);
                }
            }
        }
    }

    private static async EngineTask CloseAndDelete(DoomedPartition doomed)
    {
        await doomed.Log.Close();
        await DeleteDirectory(doomed.Disk, doomed.Directory);
    }

    private static async EngineTask DeleteDirectory(IDisk disk, string directory)
    {
        var listing = await disk.List(directory);
        foreach (var name in listing.Names)
        {
            await disk.Delete($"{directory}/{name}");
        }
        await disk.Delete(directory);
    }
}
