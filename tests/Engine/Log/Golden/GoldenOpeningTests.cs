using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Golden;

/// <summary>Every partition directory that Kafka 4.3.1 left, opened by our log on a simulated disk.</summary>
public sealed class GoldenOpeningTests
{
    private const int SmallPieces = 1000;

    public static TheoryData<string> Sound => new(
        GoldenPartition.All.Where(static one => !one.IsDamaged).Select(static one => one.Path));

    [Fact]
    public void All_partitions_are_looked_at() =>
        Assert.Equal((84, 7), (Sound.Count, GoldenPartition.All.Count(static one => one.IsDamaged)));

    [Theory]
    [MemberData(nameof(Sound))]
    public void A_log_of_Kafka_opens_and_says_what_Kafka_said(string path)
    {
        var partition = Find(path);
        var bench = new GoldenBench(partition);
        var times = GoldenCheck.TimesFor(partition);
        var log = bench.Read(times, SmallPieces, partition.Settings, partition.Opening);

        GoldenCheck.IsAsKafkaLeftIt(partition, times, log, hasTimes: true);
        if (!partition.IsBeingDeleted)
        {
            Assert.Equal(partition.EpochStarts, log.Epochs);
        }
        // A follower learns an epoch with its first record.
        if (GoldenFacts.Of(partition) is { } facts && partition.DataDirectory.EndsWith($"data{facts.Leader}"))
        {
            Assert.Equal(facts.LeaderEpoch, log.Epochs[^1].Epoch.Value);
        }
    }

    /// <summary>Without the marker of a clean stop every batch is examined, and the same comes out.</summary>
    [Theory]
    [MemberData(nameof(Sound))]
    public void A_log_of_Kafka_recovers_to_what_Kafka_said(string path)
    {
        var partition = Find(path);
        var bench = new GoldenBench(partition);
        var times = GoldenCheck.TimesFor(partition);
        var opening = new LogOpening
        {
            StartOffset = partition.Opening.StartOffset,
            CleanedEnd = partition.Opening.CleanedEnd,
        };
        var log = bench.Read(times, int.MaxValue, partition.Settings, opening);

        GoldenCheck.IsAsKafkaLeftIt(partition, times, log, hasTimes: !partition.IsCompacted);
    }

    /// <summary>
    /// Opening a cleanly closed log changes none of its files, but takes away those that Kafka was about to
    /// delete, and snapshots of offsets where no segment begins.
    /// </summary>
    [Theory]
    [MemberData(nameof(Sound))]
    public void Opening_changes_no_segment_of_Kafka(string path)
    {
        var partition = Find(path);
        var bench = new GoldenBench(partition);
        var before = bench.Files();
        bench.Read([], int.MaxValue, partition.Settings, partition.Opening);
        var after = bench.Files();

        foreach (var (name, bytes) in before.Where(file =>
            file.Key.EndsWith(".log", StringComparison.Ordinal)
            || (partition.IsClosedCleanly && !file.Key.EndsWith(".deleted", StringComparison.Ordinal))))
        {
            if (IsStraySnapshot(name, before.Keys))
            {
                continue;
            }
            Assert.True(after.TryGetValue(name, out var now), $"{name} has gone");
            Assert.True(bytes.AsSpan().SequenceEqual(now), $"{name} has changed");
        }
    }

    private static bool IsStraySnapshot(string name, IEnumerable<string> all)
    {
        var newest = all.Where(static one => one.EndsWith(".log", StringComparison.Ordinal)).Max()!;
        return name.EndsWith(".snapshot", StringComparison.Ordinal)
            && string.CompareOrdinal(name, newest) < 0
            && !all.Contains(Path.ChangeExtension(name, ".log"));
    }

    private static GoldenPartition Find(string path) =>
        GoldenPartition.All.Single(one => one.Path == path);
}
