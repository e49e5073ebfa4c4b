using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Node.Logs;

/// <summary>
/// Reads what the log directories say about the logs in them before any of these is opened. A directory that
/// cannot say it, or cannot be written, goes offline.
/// </summary>
internal sealed class DirectoryStart(IShard shard, IReadOnlyList<LogDirectory> directories)
{
    /// <summary>Ids of the directories that were closed cleanly.</summary>
    public SortedSet<Uuid> Clean { get; } = [];

    /// <summary>The directory with the metadata comes first.</summary>
    /// <returns>Null when that directory can be used; otherwise a sentence with the fix.</returns>
    public async EngineTask<string?> Run(LogDirectory metadata)
    {
        foreach (var directory in directories.OrderBy(directory => directory != metadata))
        {
            if (!directory.IsOffline && (await Read(directory) ?? await TakeMarker(directory)) is { } problem)
            {
                directory.Fail(problem);
            }
            if (metadata.OfflineReason is { } reason)
            {
                return $"log.dirs: {reason}";
            }
        }
        return null;
    }

    /// <summary>
    /// Where logs begin must be known: deleted records would come back. The others only save work.
    /// </summary>
    private async EngineTask<string?> Read(LogDirectory directory)
    {
        var status = await directory.LogStarts.Read();
        if (status is not (IoStatus.Ok or IoStatus.NotFound))
        {
            return $"{directory.Disk.Name}/{OffsetCheckpoint.LogStartFile} cannot be used "
                + $"({status}); repair it, or remove it if deleted records may come back";
        }
        foreach (var file in directory.Hints)
        {
            status = await file.Read();
            if (status is not (IoStatus.Ok or IoStatus.NotFound))
            {
                shard.Trace.Mark("checkpoint-refused");
            }
        }
        return null;
    }

    /// <summary>
    /// Takes the marker of a clean stop away. Null when all is well; nothing may be opened otherwise.
    /// </summary>
    private async EngineTask<string?> TakeMarker(LogDirectory directory)
    {
        switch (await CleanShutdown.Take(directory.Disk))
        {
            case null:
                return $"{directory.Disk.Name} cannot be written; check the disk and its permissions";
            case true:
                Clean.Add(directory.Id);
                return null;
            default:
                return null;
        }
    }
}
