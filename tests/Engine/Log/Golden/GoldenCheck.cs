using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Testbed.Tests.Engine.Log.Cleaning;
using Testbed.Tests.Engine.Log.Formats;
using Xunit;

namespace Testbed.Tests.Engine.Log.Golden;

/// <summary>Compares what our log says about Kafka's files with these and with Kafka's words.</summary>
internal static class GoldenCheck
{
    private const int TimesMax = 60;
    private const int SnapshotRowsStart = 10;
    private const int SnapshotRowBytes = 46;
    private const int RowTime = 26;

    /// <summary>Times worth asking for: those of records, and those beside them.</summary>
    public static List<long> TimesFor(GoldenPartition partition)
    {
        var times = new SortedSet<long> { 0, long.MaxValue };
        foreach (var record in Records(partition.LogBytes))
        {
            times.Add(record.TimeMs - 1);
            times.Add(record.TimeMs);
            times.Add(record.TimeMs + 1);
        }
        var step = Math.Max(1, times.Count / TimesMax);
        return [.. times.Where((_, i) => i % step == 0)];
    }

    /// <summary>
    /// A log that is as sound as Kafka left it. One that was compacted and is replayed from its beginning
    /// does not tell the producers' <paramref name="hasTimes">times</paramref> any more: compaction lowers a
    /// batch's largest timestamp with the records it removes.
    /// </summary>
    public static void IsAsKafkaLeftIt(
        GoldenPartition partition, IReadOnlyList<long> times, LogReading log, bool hasTimes)
    {
        Assert.Null(log.OfflineReason);
        var whole = partition.LogBytes;
        var batches = StoredBatches.Of(whole);
        var end = batches.Count == 0 ? log.End : batches[^1].Header.EndOffset.Value;
        Assert.Equal(end, log.End);
        var read = batches.FirstOrDefault(batch => batch.Header.EndOffset.Value > log.Start).Position;
        Assert.True(whole.AsSpan(read).SequenceEqual(log.Bytes));
        AnswersAreThoseOfALinearScan(times, log);
        if (partition.SnapshotAt(new(log.End)) is { } snapshot)
        {
            Assert.Equal(Rows(snapshot, hasTimes), Rows(log.Producers, hasTimes));
        }
        if (GoldenFacts.Of(partition) is { } facts && !partition.IsBeingDeleted)
        {
            Assert.Equal((facts.Earliest, facts.Latest), (log.Start, log.End));
            Assert.Equal(facts.LastStable, log.LastStable);
            Assert.Equal(
                (facts.MaxTimestampMs, facts.MaxTimestampOffset),
                (log.Latest?.TimestampMs ?? -1, log.Latest?.Offset.Value ?? -1));
        }
    }

    public static void AnswersAreThoseOfALinearScan(IReadOnlyList<long> times, LogReading log)
    {
        var records = Records(log.Bytes).Where(record => record.Offset >= log.Start).ToList();
        for (var i = 0; i < times.Count; i++)
        {
            var expected = records.Find(record => record.TimeMs >= times[i]);
            Assert.Equal(
                (times[i], expected?.Offset, expected?.TimeMs),
                (times[i], log.Found[i]?.Offset.Value, log.Found[i]?.TimestampMs));
        }
    }

    /// <summary>
    /// Kafka's rows of a file of producers in hexadecimal, in order of producers: Kafka's order is its hash
    /// table's.
    /// </summary>
    private static List<string> Rows(byte[] snapshot, bool hasTimes) =>
        Enumerable.Range(0, BinaryPrimitives.ReadInt32BigEndian(snapshot.AsSpan(6)))
            .Select(i => Row(snapshot.AsSpan(SnapshotRowsStart + i * SnapshotRowBytes), hasTimes))
            .Order(StringComparer.Ordinal)
            .ToList();

    private static string Row(ReadOnlySpan<byte> row, bool hasTimes) =>
        Convert.ToHexStringLower(row[..RowTime])
        + (hasTimes ? Convert.ToHexStringLower(row.Slice(RowTime, sizeof(long))) : "")
        + Convert.ToHexStringLower(row[(RowTime + sizeof(long))..SnapshotRowBytes]);

    private static IEnumerable<TestRecord> Records(byte[] bytes) =>
        StoredBatches.Of(bytes).SelectMany(static batch => TestBatch.ReadAll(batch.Bytes))
            .SelectMany(static batch => batch.Records);
}
