using System;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Controller;

namespace Testbed.Node.Boot;

/// <summary>
/// A partition's directory and its partition.metadata, which names the topic's id: a directory of an older
/// topic of the same name must never be taken for this one's.
/// </summary>
internal static class PartitionDirectory
{
    private const string FileName = "partition.metadata";
    private const string IdKey = "topic_id: ";

    /// <summary>
    /// Makes the directory when it is not there. One that belongs to another topic id is renamed aside, kept
    /// for people to look at. Anything but Ok means that the directory must not be used.
    /// </summary>
    public static async EngineTask<IoStatus> Ensure(
        IShard shard, IDisk disk, string directory, Uuid topicId)
    {
        var path = $"{directory}/{FileName}";
        var (status, text) = await AtomicText.Read(disk, path);
        if (status is not (IoStatus.Ok or IoStatus.NotFound))
        {
            return status;
        }
        var found = TryParse(text ?? "");
        if (found == topicId)
        {
            return IoStatus.Ok;
        }
        if (found is not null && await SetAside(shard, disk, directory) is var moved && moved != IoStatus.Ok)
        {
            return moved;
        }
        return await Make(disk, directory, path, topicId);
    }

    /// <summary>
    /// Whether it is called like a partition and has its file: not the metadata log's, nor just anybody's.
    /// </summary>
    public static async EngineTask<bool> IsOne(IDisk disk, string directory)
    {
        if (directory == MetadataLog.Directory || !DirectoryNames.TryParse(directory, out _))
        {
            return false;
        }
        var (status, _) = await AtomicText.Read(disk, $"{directory}/{FileName}");
        return status == IoStatus.Ok;
    }

    /// <summary>Renames a directory that belongs to no partition that is known.</summary>
    public static async EngineTask<IoStatus> SetAside(IShard shard, IDisk disk, string directory)
    {
        shard.Trace.Mark("node.stray-partition-directory");
        var stray = DirectoryNames.OfStray(directory, shard.Random("ids").NextUuid());
        var renamed = await disk.Rename(directory, stray);
        if (renamed.IsOk && shard.Trace.IsListening)
        {
            shard.Trace.Emit(new StrayPartition(disk.Name, stray));
        }
        return renamed.Status;
    }

    private static async EngineTask<IoStatus> Make(IDisk disk, string directory, string path, Uuid topicId)
    {
        var made = await disk.CreateDirectory(directory);
        if (made.IsOk)
        {
            made = await disk.SyncDirectory("");
        }
        return made.IsOk
            ? await AtomicText.Write(disk, path, $"version: 0\n{IdKey}{topicId}")
            : made.Status;
    }

    private static Uuid? TryParse(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(IdKey, StringComparison.Ordinal)
                && Uuid.TryParse(line[IdKey.Length..].Trim(), out var id))
            {
                return id;
            }
        }
        return null;
    }
}
