using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Opens a partition's log and finds out what it holds. What a killed process has left in the page cache is
/// made durable before anybody reads it, where the settings ask for that. Opening an opened log again changes
/// nothing, also after a crash half-way.
/// </summary>
public static class LogOpener
{
    /// <summary>
    /// Opens the log in <paramref name="directory"/>, which must exist; an empty directory is an empty log.
    /// The result is offline, with a reason, when the files cannot be trusted or read.
    /// </summary>
    public static async EngineTask<PartitionLog> Open(
        IShard shard,
        LogDirectory place,
        string directory,
        TopicPartition partition,
        LogSettings settings,
        LogOpening opening)
    {
        var contents = new LogContents(
            shard, place.Disk, directory, at => settings.IsCompacted || at <= opening.CleanedEnd);
        var problem = place.OfflineReason ?? await contents.Read();
        var recovery = New(isClean: opening.IsClean);
        if (problem is null)
        {
            problem = await recovery.Run(opening.IsClean ? new Offset(long.MaxValue) : opening.RecoveryPoint);
            if (problem is not null && opening.IsClean && !recovery.IsContradicted)
            {
                shard.Trace.Mark("clean-stop-not-believed");
                recovery.Store.CloseAll();
                opening = opening with { IsClean = false };
                recovery = New(isClean: false);
                problem = await recovery.Run(opening.RecoveryPoint);
            }
        }
        problem ??= await new RecoveryEnd(recovery.Store, recovery.State, settings).Run(opening);
        recovery.State.OfflineReason = problem;
        var log = new PartitionLog(shard, partition, recovery.Store, settings, recovery.State);
        Tell(shard.Trace, log, recovery.State.DroppedBytes);
        return log;

        LogRecovery New(bool isClean) =>
            new(shard, new LogStore(shard, place, directory), contents, settings, opening, isClean);
    }

    /// <summary>A log that is not opened because its directory cannot be trusted.</summary>
    public static PartitionLog Offline(
        IShard shard,
        LogDirectory place,
        string directory,
        TopicPartition partition,
        LogSettings settings,
        string reason)
    {
        var state = new LogState(Offset.Zero) { OfflineReason = reason };
        var store = new LogStore(shard, place, directory);
        var log = new PartitionLog(shard, partition, store, settings, state);
        Tell(shard.Trace, log, dropped: 0);
        return log;
    }

    private static void Tell(ITrace trace, PartitionLog log, long dropped)
    {
        if (!trace.IsListening)
        {
            return;
        }
        if (log.OfflineReason is { } reason)
        {
            trace.Emit(new LogWentOffline(log.Partition, reason));
        }
        else
        {
            trace.Emit(new LogOpened(log.Partition, log.StartOffset, log.EndOffset, dropped));
        }
    }
}
