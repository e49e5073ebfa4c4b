using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Node.Logs;

/// <summary>
/// Kafka's marker of a log directory that was closed cleanly, .kafka_cleanshutdown: everything in it is on
/// the disk for good, and nothing has to be examined. It is taken away before anything is opened, so that it
/// never speaks of a later start (KAFKA-10471).
/// </summary>
internal static class CleanShutdown
{
    private const string FileName = ".kafka_cleanshutdown";

    /// <summary>Leaves the marker, durably. False when the disk fails.</summary>
    public static async EngineTask<bool> Leave(IDisk disk, long brokerEpoch)
    {
        var text = $$"""{"version":0,"brokerEpoch":{{brokerEpoch}}}""";
        return await AtomicText.Write(disk, FileName, text) == IoStatus.Ok;
    }

    /// <summary>
    /// Takes the marker away, durably. True when there was one; null when it cannot be taken away.
    /// </summary>
    public static async EngineTask<bool?> Take(IDisk disk)
    {
        var deleted = await disk.Delete(FileName);
        if (deleted.Status == IoStatus.NotFound)
        {
            return false;
        }
        var synced = deleted.IsOk ? await disk.SyncDirectory("") : deleted;
        return synced.IsOk ? true : null;
    }
}
