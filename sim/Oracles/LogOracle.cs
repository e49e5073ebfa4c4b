using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Sim.Oracles;

/// <summary>
/// Promises of a single log, by what its node reports: offsets are given without gap, leader epochs never go
/// back, what is written never passes what is appended nor goes back, what was synced is there after any
/// crash, and what was deleted stays deleted.
/// </summary>
/// <remarks>
/// A topic of the same name that is made anew is another log to its node and the same here.
/// </remarks>
public sealed class LogOracle : IOracle
{
    private readonly SortedDictionary<(int Node, TopicPartition Partition), LogLedger> _logs = [];

    public void OnTrace(World world, NodeId node, Instant time, ITraceEvent happened)
    {
        if (Check(node, happened) is { } problem)
        {
            world.Fail(problem, node);
        }
    }

    /// <summary>The broken promise in words; null when there is none.</summary>
    public string? Check(NodeId node, ITraceEvent happened) => happened switch
    {
        LogOpened log => OnOpened(Of(node, log.Partition), log),
        BatchAppended batch => OnAppended(Of(node, batch.Partition), batch),
        LogWritten log => OnWritten(Of(node, log.Partition), log),
        LogTruncated log => OnTruncated(Of(node, log.Partition), log),
        SegmentsDeleted log => OnDeleted(Of(node, log.Partition), log),
        LogCleaned log => OnCleaned(Of(node, log.Partition), log),
        _ => null,
    };

    private static string? OnOpened(LogLedger ledger, in LogOpened log)
    {
        var (synced, start) = (ledger.SyncedEnd, ledger.Start);
        (ledger.IsOpen, ledger.Start, ledger.End, ledger.WrittenEnd) =
            (true, log.StartOffset, log.EndOffset, log.EndOffset);
        ledger.Epoch = LeaderEpoch.None;
        if (log.EndOffset < synced)
        {
            return $"{log.Partition}: what was synced is there after a start: it ends at {log.EndOffset}, "
                + $"although all below {synced} was synced";
        }
        return log.StartOffset < start
            ? $"{log.Partition}: deleted records stay deleted: it begins at {log.StartOffset}, after {start}"
            : null;
    }

    private static string? OnAppended(LogLedger ledger, in BatchAppended batch)
    {
        var (end, epoch) = (ledger.End, ledger.Epoch);
        (ledger.End, ledger.Epoch) = (batch.EndOffset, batch.Epoch);
        if (ledger.IsOpen && batch.BaseOffset != end)
        {
            return $"{batch.Partition}: offsets are given without gap: {batch.BaseOffset} came where {end} "
                + "was next";
        }
        return batch.Epoch < epoch
            ? $"{batch.Partition}: leader epochs never go back: {batch.Epoch} came after {epoch}"
            : null;
    }

    private static string? OnWritten(LogLedger ledger, in LogWritten log)
    {
        var written = ledger.WrittenEnd;
        ledger.WrittenEnd = log.EndOffset;
        ledger.SyncedEnd = log.IsSynced ? log.EndOffset : ledger.SyncedEnd;
        return log.EndOffset <= written || log.EndOffset > ledger.End
            ? $"{log.Partition}: what is written goes up to what is appended: {log.EndOffset} after "
                + $"{written}, with {ledger.End} appended"
            : null;
    }

    private static string? OnTruncated(LogLedger ledger, in LogTruncated log)
    {
        ledger.Start = log.StartOffset;
        ledger.End = log.EndOffset;
        ledger.WrittenEnd = log.EndOffset;
        ledger.SyncedEnd = Offset.Min(ledger.SyncedEnd, log.EndOffset);
        return null;
    }

    private static string? OnDeleted(LogLedger ledger, in SegmentsDeleted log)
    {
        var start = ledger.Start;
        ledger.Start = log.StartOffset;
        return log.StartOffset < start || log.StartOffset > ledger.WrittenEnd
            ? $"{log.Partition}: a log's start moves up within the log: to {log.StartOffset}, from {start}, "
                + $"with {ledger.WrittenEnd} written"
            : null;
    }

    private static string? OnCleaned(LogLedger ledger, in LogCleaned log) =>
        log.CleanedEnd > ledger.WrittenEnd
        ? $"{log.Partition}: compaction stays within the log: it came to {log.CleanedEnd}, "
            + $"with {ledger.WrittenEnd} written"
        : null;

    private LogLedger Of(NodeId node, TopicPartition partition)
    {
        if (!_logs.TryGetValue((node.Value, partition), out var ledger))
        {
            ledger = new LogLedger();
            _logs.Add((node.Value, partition), ledger);
        }
        return ledger;
    }
}
