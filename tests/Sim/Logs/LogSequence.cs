using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Steps done to a log under settings that the seed decides.</summary>
internal sealed record LogSequence(ulong Seed, IReadOnlyList<LogStep> Steps)
{
    private const int StepsMax = 60;

    /// <summary>How often each kind is drawn; crashes are rarer, as they end what is under way.</summary>
    private static readonly (LogStepKind Kind, int Weight)[] Weights =
    [
        (LogStepKind.Append, 14), (LogStepKind.AppendInTransaction, 12), (LogStepKind.EndTransaction, 9),
        (LogStepKind.Burst, 8), (LogStepKind.BumpProducer, 2), (LogStepKind.Pause, 12),
        (LogStepKind.Settle, 5), (LogStepKind.BeginFlush, 5), (LogStepKind.Flush, 3),
        (LogStepKind.KeepPoint, 5), (LogStepKind.AdvanceStart, 2), (LogStepKind.TruncateTo, 4),
        (LogStepKind.TruncateFully, 1), (LogStepKind.Elect, 3), (LogStepKind.ChangeSettings, 2),
        (LogStepKind.Kill, 2), (LogStepKind.PowerCut, 3), (LogStepKind.CrashInTruncation, 2),
        (LogStepKind.CrashWithDamage, 2), (LogStepKind.StopCleanly, 2), (LogStepKind.Look, 3),
        (LogStepKind.WaitLong, 1), (LogStepKind.Retain, 2), (LogStepKind.CrashInRetention, 1),
    ];

    /// <summary>And these of logs that are compacted.</summary>
    private static readonly (LogStepKind Kind, int Weight)[] CompactedWeights =
    [
        .. Weights, (LogStepKind.Compact, 10), (LogStepKind.BeginCompact, 8),
        (LogStepKind.CrashInCompaction, 5), (LogStepKind.CatchUp, 3),
    ];

    /// <summary>Steps that may leave an index file torn.</summary>
    private static readonly LogStepKind[] Tearing =
    [
        LogStepKind.Kill, LogStepKind.PowerCut, LogStepKind.CrashInTruncation, LogStepKind.CrashWithDamage,
        LogStepKind.CrashInCompaction, LogStepKind.CrashInRetention,
    ];

    /// <summary>The log is compacted: its records have keys.</summary>
    private bool IsCompacted => Steps.Any(static step =>
        step.Kind is LogStepKind.Compact or LogStepKind.BeginCompact or LogStepKind.CrashInCompaction);

    public static LogSequence Draw(ulong seed)
    {
        var chance = new Prng(StableHash.Finish(seed));
        var weights = chance.Chance(1, 2) ? CompactedWeights : Weights;
        var sum = weights.Sum(static row => row.Weight);
        var steps = new List<LogStep>();
        for (var count = 4 + chance.Below(StepsMax); steps.Count < count;)
        {
            var drawn = chance.Below(sum);
            var kind = weights.First(row => (drawn -= row.Weight) < 0).Kind;
            steps.Add(new LogStep(kind, steps.Count));
        }
        return new LogSequence(seed, steps);
    }

    /// <summary>A sequence as it was printed.</summary>
    public static LogSequence Of(ulong seed, string steps) => new(seed, LogStep.Parse(steps));

    /// <summary>What was broken; null when nothing was. Marks are counted, when somebody counts.</summary>
    public string? Run(SortedDictionary<string, long>? marks = null, Action<LogTwins>? prepare = null)
    {
        LogTwins? twins = null;
        try
        {
            var chance = new Prng(StableHash.Finish(Seed + 1));
            twins = new LogTwins(Seed, DrawnSettings.Of(chance, IsCompacted));
            prepare?.Invoke(twins);
            foreach (var step in Steps)
            {
                twins.Do(step);
            }
            twins.End();
            return ProblemOfMarks(twins.Machine.World.Trace.Marks);
        }
        catch (Exception broken) when (broken is LogPromiseBrokenException or InvariantException)
        {
            return broken is InvariantException ? $"{broken.Message} {broken.StackTrace}" : broken.Message;
        }
        finally
        {
            foreach (var (mark, count) in twins?.Machine.World.Trace.Marks ?? new Dictionary<string, long>())
            {
                marks?[mark] = marks.GetValueOrDefault(mark) + count;
            }
        }
    }

    /// <summary>Where nothing crashes or is damaged, no index can turn out to be wrong (L7).</summary>
    private string? ProblemOfMarks(IReadOnlyDictionary<string, long> marks) =>
        marks.ContainsKey("index-rebuilt") && !Steps.Any(static step => Tearing.Contains(step.Kind))
            ? "an index was wrong, and nothing has damaged it"
            : null;

    /// <summary>As a test says it.</summary>
    public override string ToString() => $"LogSequence.Of({Seed}, \"{string.Join(' ', Steps)}\")";
}
