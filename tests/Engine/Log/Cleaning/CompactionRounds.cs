using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>
/// Appends to a log and cleans it, again and again. Every cleaning is compared with the naive one, and with
/// what no cleaning may do.
/// </summary>
internal sealed class CompactionRounds(CleanBench bench)
{
    private readonly LogScript _script = new();
    private long _firstDirty;

    public long TombstonesRemoved { get; private set; }

    public long MarkersRemoved { get; private set; }

    /// <summary>
    /// Appends what the bytes tell and cleans as much as may be. Tombstones and markers may go below
    /// <paramref name="removable"/> 250ths of the log, and anywhere from 250 on.
    /// </summary>
    public void Run(byte[] bytes, long nowMs, byte removable)
    {
        if (bench.Bases.Count > 0)
        {
            bench.ForgetActive();
        }
        _script.Append(bytes);
        bench.Take(_script);
        var bound = BoundOf(bench, _script);
        var removal = new RemovalRule(
            nowMs, new Offset(removable >= 250 ? long.MaxValue : _script.End * removable / 250));
        var before = bench.Read();
        var round = new NaiveRound
        {
            FirstDirty = _firstDirty,
            Bound = bound,
            NowMs = nowMs,
            RetentionMs = bench.Settings.DeleteRetentionMs,
            RemovableBelow = removal.RemovableBelow.Value,
            Live = _script.Live,
            GroupBases = bench.GroupBases(bound),
        };
        var outcome = bench.Clean(_firstDirty, bound, removal, _script.Live);

        TombstonesRemoved += outcome.TombstonesRemoved;
        MarkersRemoved += outcome.MarkersRemoved;
        Assert.Equal(CleanStatus.Cleaned, outcome.Status);
        Assert.Equal(bound, outcome.CleanedEnd.Value);
        var after = bench.Read();
        Assert.Equal(Lines(new NaiveCompaction(before, round).Run()), Lines(after));
        Assert.Empty(CompactionOracles.Violations(before, after, round));
        AssertIndexes();
        Assert.Equal(0, bench.Shard.Buffers.OutstandingCount);
        _firstDirty = bound;
    }

    /// <summary>
    /// The base of the first segment that reaches above what has been decided, or of the active one.
    /// </summary>
    public static long BoundOf(CleanBench bench, LogScript script)
    {
        var bases = bench.Bases;
        var count = 0;
        while (count < bases.Count - 1 && bases[count + 1] <= script.LastStable)
        {
            count++;
        }
        return bases[count];
    }

    private static List<string> Lines(List<TestBatch> log) => [.. log.Select(batch => batch.ToString())];

    /// <summary>
    /// What the index of aborted transactions tells a reader of committed data is what the log says.
    /// </summary>
    private void AssertIndexes()
    {
        var log = bench.Read();
        var aborted = bench.Aborted;
        Assert.All(aborted, one => Assert.Contains(
            log,
            batch => batch.IsAbort
                && batch.Base == one.Last.Value
                && batch.Producer == one.ProducerId.Value));
        Assert.All(log.Where(batch => CompactionOracles.FateOf(log, batch) == 'A'), batch => Assert.Contains(
            aborted,
            one => one.ProducerId.Value == batch.Producer
                && one.First.Value <= batch.Base
                && one.Last.Value > batch.Last));
    }
}
