using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Testbed.Tests.Engine.Log.Golden;

/// <summary>
/// What opening makes of the directory that was damaged on purpose (single-damaged/before), beside what Kafka
/// made of it (single-damaged/data1). Where a topic does not sync, it is the same. Where it does, damage that
/// sound batches follow is no torn tail: Kafka cuts, and nobody hears of what was lost; here the log goes
/// offline and stays as it is, so that another replica, or a person, can help.
/// </summary>
public sealed class DamagedGoldenTests
{
    private const string Before = "single-damaged/before";
    private const string After = "single-damaged/data1";
    private const string Offline = "although a sound batch follows";

    /// <summary>Partition; its damage; end without sync; end with sync, or why it is offline.</summary>
    public static TheoryData<string, string, long, long?> Outcomes => new()
    {
        { "plain-0", "the last 37 bytes are missing", 136, 136 },
        { "txn-0", "100 bytes 0xab behind the end, and no snapshot", 324, 324 },
        { "__consumer_offsets-1", "a byte of the second batch inverted", 8, null },
        { "__transaction_state-0", "no offset index, 5 bytes of the time index", 41, 41 },
        { "__transaction_state-1", "none", 23, 23 },
        { "__consumer_offsets-0", "none", 0, 0 },
        { "__cluster_metadata-0", "none", 66, 66 },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Every_damage_has_its_outcome(string name, string damage, long end, long? syncedEnd)
    {
        var partition = GoldenPartition.All.Single(one => one.Path == $"{Before}/{name}");
        var kafka = GoldenPartition.All.Single(one => one.Path == $"{After}/{name}");
        var times = GoldenCheck.TimesFor(kafka);

        var log = Open(partition, times, syncs: false);
        Assert.True((end, null) == (log.End, log.OfflineReason), $"{damage}: {log.End} {log.OfflineReason}");
        GoldenCheck.AnswersAreThoseOfALinearScan(times, log);
        if (!partition.IsMetadata)
        {
            GoldenCheck.IsAsKafkaLeftIt(kafka, times, log, hasTimes: true);
        }

        var synced = Open(partition, times, syncs: true);
        if (syncedEnd is { } wanted)
        {
            Assert.Equal((wanted, null), (synced.End, synced.OfflineReason));
        }
        else
        {
            Assert.Contains(Offline, synced.OfflineReason);
        }
    }

    private static LogReading Open(GoldenPartition partition, List<long> times, bool syncs) =>
        new GoldenBench(partition).Read(
            times,
            int.MaxValue,
            partition.Settings with { SyncBeforeAcknowledge = syncs },
            partition.Opening);
}
