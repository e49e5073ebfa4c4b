using System.Text;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Runner.Logs;

/// <summary>Prints the files that are read at once: indexes, snapshots, checkpoints, text.</summary>
internal sealed class SmallFileDump(RowPrinter rows)
{
    private static readonly Offset AnyEnd = new(long.MaxValue);

    /// <summary>Prints what the file has, and gives what is wrong with it, or nothing.</summary>
    public string Print(LogFileName name, byte[] bytes) => name.Kind switch
    {
        LogFileKind.OffsetIndex => PrintOffsets(name.Offset, bytes),
        LogFileKind.TimeIndex => PrintTimes(name.Offset, bytes),
        LogFileKind.AbortedTransactions => PrintAborted(name.Offset, bytes),
        LogFileKind.ProducerSnapshot => PrintProducers(name.Offset, bytes),
        LogFileKind.LeaderEpochs => PrintEpochs(Encoding.UTF8.GetString(bytes)),
        LogFileKind.OffsetCheckpoint => PrintPartitions(Encoding.UTF8.GetString(bytes)),
        _ => PrintText(Encoding.UTF8.GetString(bytes)),
    };

    private string PrintOffsets(Offset segment, byte[] bytes)
    {
        var index = OffsetIndex.TryParse(segment, bytes, long.MaxValue, out var problem);
        for (var i = 0; i < index?.Count; i++)
        {
            rows.Row(
                "offsetIndexEntry",
                new DumpField("offset", "         offset", index.At(i).Offset.Value),
                new DumpField("position", "  position", index.At(i).Position));
        }
        return problem;
    }

    private string PrintTimes(Offset segment, byte[] bytes)
    {
        var index = TimeIndex.TryParse(segment, bytes, AnyEnd, out var problem);
        for (var i = 0; i < index?.Count; i++)
        {
            rows.Row(
                "timeIndexEntry",
                new DumpField("timestamp", "     latest ms", index.At(i).MaxTimestampMs),
                new DumpField("offset", "         offset", index.At(i).Offset.Value));
        }
        return problem;
    }

    private string PrintAborted(Offset segment, byte[] bytes)
    {
        var index = AbortedTransactionIndex.TryParse(segment, bytes, out var problem);
        for (var i = 0; i < index?.Count; i++)
        {
            var aborted = index.At(i);
            rows.Row(
                "abortedTransaction",
                new DumpField("producerId", "  producer", aborted.ProducerId.Value),
                new DumpField("firstOffset", "   first offset", aborted.First.Value),
                new DumpField("lastOffset", "    last offset", aborted.Last.Value),
                new DumpField("lastStableOffset", "    last stable", aborted.LastStable.Value));
        }
        return problem;
    }

    private string PrintProducers(Offset at, byte[] bytes)
    {
        if (!ProducerSnapshot.TryParse(bytes, at, out var entries, out var problem))
        {
            return problem;
        }
        foreach (var entry in entries)
        {
            var last = entry.Batches.Count > 0 ? entry.Batches[^1] : (RecentBatch?)null;
            rows.Row(
                "producer",
                new DumpField("producerId", "  producer", entry.Id.Value),
                new DumpField("producerEpoch", "epoch", entry.Epoch),
                new DumpField("coordinatorEpoch", "coordinator epoch", entry.CoordinatorEpoch),
                new DumpField("transactionStart", "transaction from", entry.CurrentTransactionStart?.Value),
                new DumpField("lastTimestamp", "       last ms", entry.LastTimestampMs),
                new DumpField("firstSequence", "  sequence", last?.FirstSequence),
                new DumpField("lastSequence", "   to last", last?.LastSequence),
                new DumpField("lastOffset", "    last offset", last?.EndOffset.Value - 1),
                new DumpField("batches", "batches", entry.Batches.Count));
        }
        return "";
    }

    private string PrintEpochs(string text)
    {
        var epochs = LeaderEpochCheckpoint.TryParse(text, out var problem);
        foreach (var (epoch, start) in epochs?.Starts ?? [])
        {
            rows.Row(
                "leaderEpoch",
                new DumpField("epoch", "     epoch", epoch.Value),
                new DumpField("startOffset", "   start offset", start.Value));
        }
        return problem;
    }

    private string PrintPartitions(string text)
    {
        if (text.Length == 0)
        {
            return "";    // Kafka makes it empty
        }
        if (OffsetCheckpoint.TryParse(text) is not { } offsets)
        {
            return "is no checkpoint of offsets";
        }
        foreach (var (partition, offset) in offsets)
        {
            rows.Row(
                "partitionOffset",
                new DumpField("offset", "         offset", offset.Value),
                new DumpField("topic", "topic", partition.Topic),
                new DumpField("partition", "partition", partition.Partition));
        }
        return "";
    }

    private string PrintText(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            rows.Line(line);
        }
        return "";
    }
}
