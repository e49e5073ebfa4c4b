using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>
/// The oracles notice each mistake that compaction could make, on logs that are not chosen for it.
/// </summary>
public sealed class PlantedCompactionTests
{
    private const long NowMs = 1_800_000_000_000;
    private const int Logs = 60;

    [Theory]
    [InlineData("KeepsTheOldest", "P1")]
    [InlineData("MovesOffsets", "P2")]
    [InlineData("IgnoresTheBound", "P3")]
    [InlineData("RemovesTombstonesAtOnce", "P4")]
    [InlineData("RemovesAboveTheRemovable", "P4")]
    [InlineData("ComparesMarkersByKey", "P5")]
    [InlineData("ForgetsProducers", "P5")]
    [InlineData("MapsAbortedRecords", "P1")]
    [InlineData("KeepsAbortedRecords", "P8")]
    public void A_planted_mistake_is_noticed(string flaw, string rule)
    {
        var planted = Enum.Parse<PlantedFlaw>(flaw);
        var fired = Enumerable.Range(0, Logs).Count(
            seed => ViolationsIn(seed, planted).Exists(
                text => text.StartsWith(rule, StringComparison.Ordinal)));

        Assert.True(fired > 0, $"no {rule} in {Logs} logs");
    }

    [Fact]
    public void Without_a_mistake_nothing_is_noticed() =>
        Assert.All(Enumerable.Range(0, Logs), seed => Assert.Empty(ViolationsIn(seed, PlantedFlaw.None)));

    /// <summary>Two naive cleanings of a random log, a horizon apart, each with the mistake.</summary>
    private static List<string> ViolationsIn(int seed, PlantedFlaw flaw)
    {
        var bytes = new byte[120];
        new Prng((ulong)seed).Fill(bytes);
        var script = new LogScript().Append(bytes);
        script.Roll();
        var bench = new CleanBench();
        bench.Take(script);
        var bound = CompactionRounds.BoundOf(bench, script);
        var round = new NaiveRound
        {
            FirstDirty = 0,
            Bound = bound,
            NowMs = NowMs,
            RetentionMs = 1000,
            RemovableBelow = 0,
            Live = script.Live,
            GroupBases = [0],
        };
        var log = bench.Read();
        var once = new NaiveCompaction(log, round).Run();
        var later = round with { NowMs = NowMs + 1000, RemovableBelow = bound / 2 };
        return
        [
            .. CompactionOracles.Violations(log, new NaiveCompaction(log, round, flaw).Run(), round),
            .. CompactionOracles.Violations(once, new NaiveCompaction(once, later, flaw).Run(), later),
        ];
    }
}
