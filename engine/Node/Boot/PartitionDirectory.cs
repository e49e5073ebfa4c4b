using System;
using Testbed.Foundation;
using Testbed.Log;

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
    /// for people to look at.
    /// </summary>
    public static async EngineTask Ensure(IShard shard, IDisk disk, string directory, Uuid topicId)
    {
        var path = $"{directory}/{FileName}";
        var (_, text) = await AtomicText.Read(disk, path);
        if (text is not null && TryParse(text) is { } found)
        {
            if (found == topicId)
            {
                return;
            }
            shard.Trace.Mark("stray-partition-directory");
            await disk.Rename(directory, $"{directory}.{shard.Random("ids").NextUuid()}-stray");
        }
        await disk.CreateDirectory(directory);
        await disk.SyncDirectory("");
        await AtomicText.Write(disk, path, $"version: 0\n{IdKey}{topicId}");
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
