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
    private readonly NodeContext _node;
    private readonly IReadOnlyList<LogDirectory> _directories;
    private readonly PartitionOpener _opener;
    private readonly DeadlineQueue<DoomedPartition> _doomed;

    public PartitionLifecycle(NodeContext node, IReadOnlyList<LogDirectory> directories)
    {
        _node = node;
        _directories = directories;
        _doomed = new DeadlineQueue<DoomedPartition>(node.Shard, this);
        _opener = new PartitionOpener(node, directories);
    }

    /// <summary>Partitions opened since the start.</summary>
    public int Count => _opener.Count;

    /// <summary>
    /// Opens every partition of the image that has a replica here, and clears away what belongs to none.
    /// </summary>
    public async EngineTask OpenAll()
    {
        foreach (var topic in _node.Image.Topics)
        {
            _opener.Add(topic, 0);
        }
        await _opener.Run();
        foreach (var topic in _node.Image.Topics)
        {
            _node.Visibility.Show(topic);
        }
        await ForgetOffsets();
        foreach (var directory in _directories.Where(static directory => !directory.IsOffline))
        {
            await ClearAway(directory.Disk);
        }
    }

    /// <summary>Opens the partitions of a topic from <paramref name="first"/> on, and shows them.</summary>
    public async EngineTask Open(TopicImage topic, int first)
    {
        _opener.Add(topic, first);
        await _opener.Run();
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
            await partition.Log.Retire();
            var disk = partition.Log.Disk;
            var unique = _node.Shard.Random("ids").NextUuid();
            var away = DirectoryNames.OfDeleted(partition.Log.Directory, unique);
            var renamed = await disk.Rename(partition.Log.Directory, away);
            if (!renamed.IsOk)
            {
                // It has its topic's id inside, and is set aside at the next start.
                partition.Log.Place.Fail($"{disk.Name}/{partition.Log.Directory} cannot be renamed");
            }
            _doomed.Add(
                _node.Shard.Now.PlusMs(delayMs),
                new DoomedPartition(disk, renamed.IsOk ? away : null, partition.Log));
        }
        await ForgetOffsets();
        _node.ForgetSettingsOf(topic.Name);
    }

    /// <summary>Keeps a partition's new log start. False when the disk failed.</summary>
    public EngineTask<bool> KeepLogStart(Partition partition) =>
        partition.Log.Place.LogStarts.Keep(partition.Name, partition.Log.StartOffset);

    public void OnDeadline(DoomedPartition row) => _ = CloseAndDelete(row);

    /// <summary>A topic of the same name that is made later begins anew.</summary>
    private async EngineTask ForgetOffsets()
    {
        foreach (var directory in _directories.Where(static directory => !directory.IsOffline))
        {
            await directory.Forget(name => !IsKnown(directory.Disk, name));
        }
    }

    /// <summary>
    /// Directories that were renamed away before the node stopped, and those of partitions that the metadata
    /// does not have (any more).
    /// </summary>
    private async EngineTask ClearAway(IDisk disk)
    {
        var listing = await disk.List("");
        foreach (var entry in listing.Names.Where(static name => name.EndsWith('/')))
        {
            var directory = entry[..^1];
            if (DirectoryNames.IsDeleted(directory))
            {
                await DeleteDirectory(disk, directory);
            }
            else if (DirectoryNames.TryParse(directory, out var partition)
                && !IsKnown(disk, partition)
                && await PartitionDirectory.IsOne(disk, directory))
            {
                await PartitionDirectory.SetAside(_node.Shard, disk, directory);
            }
        }
    }

    /// <summary>
    /// A partition that is offline may have its files anywhere: nothing of its name is touched.
    /// </summary>
    private bool IsKnown(IDisk disk, TopicPartition partition) =>
        _node.Partitions.Find(partition.Topic, partition.Partition) is { } known
        && (known.Log.IsOffline || ReferenceEquals(known.Log.Disk, disk));

    private static async EngineTask CloseAndDelete(DoomedPartition doomed)
    {
        await doomed.Log.Close();
        if (doomed.Directory is { } directory)
        {
            await DeleteDirectory(doomed.Disk, directory);
        }
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
