using System.Collections.Generic;
using System.Linq;
using FsCheck.Xunit;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>Compaction of any log at all, against compaction as one would explain it.</summary>
public sealed class CompactionPropertyTests
{
    private const long NowMs = 1_800_000_000_000;

    [Property(MaxTest = 400)]
    public void Cleaning_leaves_what_the_rules_say(byte[] first, byte[] second, byte[] third, byte removable)
    {
        var rounds = new CompactionRounds(new CleanBench());
        rounds.Run(first, NowMs, removable);
        rounds.Run(second, NowMs + 500, removable);
        rounds.Run(third, NowMs + 1600, removable);
        rounds.Run([], NowMs + 5000, removable);
    }

    [Property(MaxTest = 200)]
    public void Cleaning_again_with_nothing_new_changes_nothing(byte[] script, byte removable)
    {
        var bench = new CleanBench();
        var rounds = new CompactionRounds(bench);
        rounds.Run(script, NowMs, removable);
        rounds.Run([], NowMs + 1, removable);
        rounds.Run([], NowMs + 2, removable);
        var before = bench.Bases.Select(bench.Contents).ToList();
        var swaps = bench.Swapped.Count;
        rounds.Run([], NowMs + 3, removable);

        Assert.Equal(before, bench.Bases.Select(bench.Contents));
        Assert.Equal(swaps, bench.Swapped.Count);
    }

    [Property(MaxTest = 200)]
    public void What_one_cleaning_does_by_a_small_map_in_many_goes_comes_to_the_same(byte[] script)
    {
        var whole = new CleanBench();
        script = [.. script, 15];
        new CompactionRounds(whole).Run(script, NowMs, byte.MaxValue);
        var bench = new CleanBench();
        var log = new LogScript().Append(script);
        bench.Take(log);
        bench.Settings = bench.Settings with { DedupeBufferBytes = 5 * OffsetMap.SlotBytes };
        var bound = CompactionRounds.BoundOf(bench, log);
        var end = 0L;
        while (end < bound)
        {
            var outcome = bench.Clean(end, bound, new RemovalRule(NowMs, new Offset(0)), log.Live);
            Assert.Equal(CleanStatus.Cleaned, outcome.Status);
            Assert.True(outcome.CleanedEnd.Value > end);
            end = outcome.CleanedEnd.Value;
        }

        Assert.Equal(RecordsOf(whole), RecordsOf(bench));
    }

    private static List<string> RecordsOf(CleanBench bench) =>
        [.. CompactionOracles.Committed(bench.Read()).Select(record => record.ToString())];
}
