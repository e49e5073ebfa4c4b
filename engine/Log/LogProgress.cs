using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// How far a log is, from its first record to what is on its way to the disk, and whether it still works.
/// Owns the offsets: StartOffset &lt;= WrittenEnd &lt;= EndOffset, RecoveryPoint &lt;= WrittenEnd.
/// </summary>
internal sealed class LogProgress(IShard shard, PartitionLog log, LogState state) : ILogWriterOwner
{
    public Offset StartOffset { get; private set; } = state.StartOffset;

    public Offset EndOffset { get; private set; } = state.EndOffset;

    public Offset WrittenEnd { get; private set; } = state.EndOffset;

    public Offset RecoveryPoint { get; private set; } = state.RecoveryPoint;

    public string? OfflineReason { get; private set; } = state.OfflineReason;

    public ILogListener? Listener { get; set; }

    public void OnAppended(Offset end) => EndOffset = end;

    public void OnGroupWritten(Offset end, long sizeBytes, bool isSynced)
    {
        Invariant.Assert(end > WrittenEnd);
        Invariant.Assert(end <= EndOffset);
        WrittenEnd = end;
        if (shard.Trace.IsListening)
        {
            shard.Trace.Emit(new LogWritten(log.Partition, end, isSynced));
        }
        Listener?.OnWritten(log, sizeBytes);
    }

    public void OnMilestone(Offset at) => RecoveryPoint = Offset.Max(RecoveryPoint, at);

    /// <summary>True when the start has moved.</summary>
    public bool AdvanceStart(Offset start)
    {
        Invariant.Assert(start <= WrittenEnd);
        var hasMoved = start > StartOffset;
        StartOffset = Offset.Max(StartOffset, start);
        return hasMoved;
    }

    public void LowerRecoveryPoint(Offset target) => RecoveryPoint = Offset.Min(RecoveryPoint, target);

    /// <summary>The log now is what lies in [start, end).</summary>
    public void OnTruncated(Offset start, Offset end)
    {
        StartOffset = start;
        EndOffset = end;
        WrittenEnd = end;
        LowerRecoveryPoint(end);
        if (shard.Trace.IsListening)
        {
            shard.Trace.Emit(new LogTruncated(log.Partition, start, end));
        }
    }

    /// <summary>
    /// A disk that fails takes its whole directory along; a lack of descriptors is this log's own.
    /// </summary>
    public void OnWriteFailed(IoStatus status)
    {
        var name = log.Disk.Name;
        switch (status)
        {
            case IoStatus.TooManyOpen:
                log.GoOffline($"too many files are open to make another in log directory {name}");
                break;
            case IoStatus.NoSpace:
                log.Place.Fail($"log directory {name} is full; free space and start the node again");
                break;
            default:
                log.Place.Fail($"writing to log directory {name} failed");
                break;
        }
    }

    public void OnOffline(string reason)
    {
        OfflineReason = reason;
        if (shard.Trace.IsListening)
        {
            shard.Trace.Emit(new LogWentOffline(log.Partition, reason));
        }
        Listener?.OnOffline(log);
    }
}
