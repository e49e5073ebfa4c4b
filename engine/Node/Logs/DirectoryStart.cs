using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Node.Logs;

/// <summary>
/// Reads what the log directories say about the logs in them before any of these is opened.
/// </summary>
internal sealed class DirectoryStart(IShard shard, IReadOnlyList<LogDirectory> directories)
{
    /// <summary>Ids of the directories that were closed cleanly.</summary>
    public SortedSet<Uuid> Clean { get; } = [];

    /// <summary>Null when all is well.</summary>
    public async EngineTask<string?> Read()
    {
        foreach (var directory in directories)
        {
            if (await Read(directory) is { } problem)
            {
                return problem;
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
            return $"log.dirs: {directory.Disk.Name}/{OffsetCheckpoint.LogStartFile} cannot be used "
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
    /// Takes the markers of a clean stop away. Null when all is well; nothing may be opened otherwise.
    /// </summary>
    public async EngineTask<string?> TakeMarkers()
    {
        foreach (var directory in directories)
        {
            switch (await CleanShutdown.Take(directory.Disk))
            {
                case null:
                    return $"log.dirs: {directory.Disk.Name} cannot be written; "
                        + "check the disk and its permissions";
                case true:
                    Clean.Add(directory.Id);
                    break;
                default:
                    break;
            }
        }
        return null;
    }
}
