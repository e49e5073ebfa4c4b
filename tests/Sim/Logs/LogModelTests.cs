using System.Collections.Generic;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Sim.Logs;

/// <summary>The real log does what the model does, whatever happens to both.</summary>
public sealed class LogModelTests(ITestOutputHelper output)
{
    private const int SequencesUsually = 1_200;
    private const int FailuresMax = 5;

    /// <summary>LOG_SEQUENCES=100000 runs so many, LOG_SEED=7 begins with that one.</summary>
    [Fact]
    public void The_log_and_its_model_agree_after_every_step_of_many_sequences()
    {
        var marks = new SortedDictionary<string, long>();
        var failures = new SortedDictionary<string, LogSequence>();
        var first = SweepSetting.Of("LOG_SEED", 1);
        var count = SweepSetting.Of("LOG_SEQUENCES", SequencesUsually);
        var steps = 0L;
        for (var seed = first; seed < first + count && failures.Count < FailuresMax; seed++)
        {
            var sequence = LogSequence.Draw(seed);
            steps += sequence.Steps.Count;
            if (sequence.Run(marks) is { } broken)
            {
                failures.TryAdd(KindOf(broken), sequence);
            }
        }
        Assert.True(
            failures.Count == 0,
            string.Join("\n", failures.Select(static pair => Shrunk(pair.Value, pair.Key))));
        output.WriteLine($"{count} sequences, {steps} steps");
        foreach (var (mark, reached) in marks)
        {
            output.WriteLine($"{reached,8} {mark}");
        }
        if (count >= SequencesUsually)
        {
            Assert.Empty(Rare.Except(marks.Keys));
        }
    }

    private static string Shrunk(LogSequence failing, string kind)
    {
        var small = LogShrinker.Shrink(
            failing, smaller => smaller.Run() is { } broken && KindOf(broken) == kind);
        return $"{small.Run()}\n    {small}";
    }

    /// <summary>The first words of it, without numbers: the same mistake says the same.</summary>
    private static string KindOf(string broken) =>
        string.Concat(broken.Take(40).Where(static letter => !char.IsDigit(letter)));

    /// <summary>What a sweep must have come across.</summary>
    private static readonly string[] Rare =
    [
        "aborted-index-refused", "batch-emptied-by-cleaning", "cleaning-overtaken", "cleaning-stopped",
        "epochs-read-from-log", "index-rebuilt", "key-map-full", "latest-is-of-an-emptied-batch",
        "leftovers-of-cleaning-removed", "log-uncleanable", "marker-gets-its-delete-horizon",
        "milestone-without-roll", "snapshot-refused", "swap-completed-at-opening", "torn-tail-cut",
    ];
}
