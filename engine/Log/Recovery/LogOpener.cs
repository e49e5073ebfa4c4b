using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Opens a partition's log and finds out what it holds: the longest prefix of sound, contiguous batches. What
/// follows it in the last segment is a torn tail and is cut off; damage anywhere before is corruption, and
/// the log stays offline. What a killed process has left in the page cache is made durable before anybody
/// reads it, where the settings ask for that. Opening an opened log again changes nothing, also after a crash
/// half-way.
/// </summary>
public static class LogOpener
{
    /// <summary>
    /// Opens the log in <paramref name="directory"/>, which must exist; an empty directory is an empty log.
    /// The result is offline, with a reason, when the files cannot be trusted or read. No batch can be of an
    /// epoch above <paramref name="newestEpoch"/>.
    /// </summary>
    public static async EngineTask<PartitionLog> Open(
        IShard shard,
        IDisk disk,
        string directory,
        TopicPartition partition,
        LogSettings settings,
        Offset startOffset,
        LeaderEpoch newestEpoch)
    {
        var store = new LogStore(disk, directory);
        var state = LogState.Empty;
        var dropped = 0L;

        var listing = await disk.List(directory);
        var names = SegmentNames(listing.Names);
        if (listing.Status != IoStatus.Ok)
        {
            state = state with { OfflineReason = $"directory {directory} in {disk.Name} cannot be listed" };
        }
        for (var i = 0; i < names.Count && state.OfflineReason is null; i++)
        {
            var scan = new SegmentScan(shard, store, settings, names[i], state, newestEpoch);
            state = await scan.Run(isLast: i == names.Count - 1);
            dropped += scan.DroppedBytes;
        }
        if (state.OfflineReason is null && store.HasActive)
        {
            state = state with { OfflineReason = await MakeDurable(store, settings) };
        }
        state = state with { StartOffset = Offset.Max(state.StartOffset, startOffset) };
        if (state.StartOffset > state.EndOffset)
        {
            state = state with { StartOffset = state.EndOffset };
        }

        var log = new PartitionLog(shard, partition, store, settings, state);
        if (shard.Trace.IsListening)
        {
            Tell(shard.Trace, log, dropped);
        }
        return log;
    }

    /// <summary>A log that is not opened because its directory cannot be trusted.</summary>
    public static PartitionLog Offline(
        IShard shard,
        IDisk disk,
        string directory,
        TopicPartition partition,
        LogSettings settings,
        string reason)
    {
        var state = LogState.Empty with { OfflineReason = reason };
        var log = new PartitionLog(shard, partition, new LogStore(disk, directory), settings, state);
        if (shard.Trace.IsListening)
        {
            Tell(shard.Trace, log, dropped: 0);
        }
        return log;
    }

    /// <summary>
    /// A process that was killed may have left the newest segment's name, and bytes in it, that no power cut
    /// would have spared. All other segments were synced before the next one was made.
    /// </summary>
    private static async EngineTask<string?> MakeDurable(LogStore store, LogSettings settings)
    {
        var named = await store.Disk.SyncDirectory(store.Directory);
        if (!named.IsOk)
        {
            return $"directory {store.Directory} in {store.Disk.Name} cannot be synced";
        }
        if (!settings.SyncBeforeAcknowledge)
        {
            return null;
        }
        var file = store.Active.File;
        var synced = await store.Disk.Sync(file);
        return synced.IsOk ? null : $"file {file.Path} in {store.Disk.Name} cannot be synced";
    }

    private static void Tell(ITrace trace, PartitionLog log, long dropped)
    {
        if (log.OfflineReason is { } reason)
        {
            trace.Emit(new LogWentOffline(log.Partition, reason));
        }
        else
        {
            trace.Emit(new LogOpened(log.Partition, log.StartOffset, log.EndOffset, dropped));
        }
    }

    private static List<Offset> SegmentNames(IReadOnlyList<string> names)
    {
        var bases = new List<Offset>();
        foreach (var name in names)
        {
            if (LogFileNames.TryParseSegment(name, out var baseOffset))
            {
                bases.Add(baseOffset);
            }
        }
        return bases;
    }
}
