using System.IO;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Net;
using Testbed.Node.Boot;
using Testbed.Node.Requests.Admin;

namespace Testbed.Runner.Serving;

/// <summary>
/// What a person at the console wants to hear of a node: trouble, and what to do about it; little else.
/// </summary>
public sealed class ConsoleLog(TextWriter output) : ITraceListener
{
    private string? _failure;    // of a log directory: its partitions go with it

    public void OnEvent<T>(in T happened)
        where T : struct, ITraceEvent
    {
        switch (happened)
        {
            case PartitionsOpening opening:
                output.WriteLine(
                    $"opening partitions: {opening.OpenCount} of {opening.PartitionCount}, "
                        + $"{opening.ExaminedBytes >> 20} MiB of logs examined");
                return;
            case LogDirectoryFailed directory:
                _failure = directory.Reason;
                break;
            default:
                break;
        }
        if (Words(happened) is { } words)
        {
            output.WriteLine($"warning: {words}");
        }
    }

    public void OnMark(string name)
    {
    }

    /// <summary>A sentence or two; null for what is no trouble.</summary>
    private string? Words<T>(T happened)
        where T : struct, ITraceEvent =>
        happened switch
        {
            LogDirectoryFailed directory => $"log directory {directory.Directory} is offline with all its "
                + $"partitions: {directory.Reason}. Clients get KAFKA_STORAGE_ERROR for them; the other "
                + "directories work on. Mend the disk and restart the broker.",
            LogWentOffline log when log.Reason == _failure => null,
            CleaningStopped cleaning => $"{Name(cleaning.Partition)} is not compacted: {cleaning.Reason}.",
            LogWentOffline log => $"{Name(log.Partition)} is offline: {log.Reason}. "
                + "Clients get KAFKA_STORAGE_ERROR for it; mend the disk or the file and restart the broker.",
            DiskOperationFailed disk => $"the disk refuses an operation in {disk.Directory}: {disk.Reason}. "
                + "See whether the disk is full, broken or mounted read-only.",
            LogDamageFound damage => $"{Name(damage.Partition)} has damaged bytes: {damage.Reason}. Clients "
                + "get CORRUPT_MESSAGE for them; the rest of the partition is served. Look at the disk; "
                + "`testbed log verify` tells all that is damaged.",
            AcceptingPaused port => $"no new connections on port {port.Port} for a moment: {port.Reason}. "
                + "If this goes on, let the broker open more files (ulimit -n) or have clients connect less.",
            LogOpened { DroppedBytes: > 0 } log => $"{Name(log.Partition)} ended in {log.DroppedBytes} bytes "
                + $"that were not completely written; they are cut off, and offset {log.EndOffset} is next. "
                + "That is usual after a crash; nothing needs to be done.",
            StrayPartition stray => $"{stray.LogDirectory}/{stray.Directory} belongs to no partition of this "
                + "cluster and was set aside. Look whether it is needed, and remove it.",
            SettingWithoutEffect it => $"topic '{it.Topic}': {it.Setting} is a setting of Kafka that Testbed "
                + "does not have yet; it is kept and does nothing.",
            _ => null,
        };

    private static string Name(TopicPartition partition) =>
        $"partition {partition.Partition} of '{partition.Topic}'";
}
