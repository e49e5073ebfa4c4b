using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// Compacts a log as a node does, while other things go on, and has the model judge what is left.
/// </summary>
internal sealed class LogCompactions(LogMachine machine, ModelLog model)
{
    /// <summary>Times of compactions; those of records are far below.</summary>
    private const long FirstMs = 1_000_000;

    private EngineTask<CleanOutcome>? _running;
    private bool _isStopped;
    private bool _isAlone;
    private bool _isMapSmall;

    private PartitionLog Log => machine.Log;

    /// <summary>
    /// Begins one if there is anything to compact and none runs. When it is not alone, another that changes
    /// the segments may overtake it.
    /// </summary>
    public void Begin(Prng chance, Offset highWatermark, bool isAlone)
    {
        var now = FirstMs + (chance.Below(4) * 500);
        var lagMs = chance.Chance(1, 6) ? now - 1000 - chance.Below((int)model.End.Value * 10 + 1) : 0;
        Log.Apply(machine.Settings with { MinCompactionLagMs = lagMs });
        var stable = Log.Producers.LastStableOffset(highWatermark);
        var assessed = machine.Wait(Log.Compaction.Assess(highWatermark, stable, now));
        Log.Apply(machine.Settings);
        if (_running is not null || assessed is not { } range || !range.IsDue(minDirtyPerMillion: 0))
        {
            return;
        }
        Judge(range, Offset.Min(highWatermark, model.Producers.FirstOpen ?? highWatermark), now - lagMs);
        var settings = Settings(chance);
        var removable = chance.Chance(2, 3)
            ? new Offset(long.MaxValue)
            : new Offset(chance.Below((int)model.End.Value + 1));
        model.BeginCompaction(new ModelCleaning(
            range.FirstDirty, range.Bound, MappedEnds(range), now, settings.DeleteRetentionMs, removable));
        (_isStopped, _isAlone) = (false, isAlone);
        _running = Log.Compaction.Run(range, settings, removable, now);
    }

    /// <summary>Has what is left judged, once the compaction has ended.</summary>
    public void Collect()
    {
        if (_running is not { IsCompleted: true } ended)
        {
            return;
        }
        _running = null;
        var outcome = ended.GetAwaiter().GetResult();
        var isRight = outcome.Status switch
        {
            CleanStatus.Cleaned => true,
            CleanStatus.Stopped => _isStopped,
            CleanStatus.Uncleanable => _isMapSmall,
            CleanStatus.Overtaken => !_isAlone,
            _ => false,
        };
        LogComparison.Same($"whether a compaction may end with {outcome}", true, isRight);
        Offset? end = outcome.Status == CleanStatus.Cleaned ? outcome.CleanedEnd : null;
        if (model.EndCompaction(machine.Sealed(), end) is { } problem)
        {
            throw new LogPromiseBrokenException(problem);
        }
    }

    /// <summary>Waits until none runs; asks it to stop, or lets it come to its end.</summary>
    public void End(bool isStopped)
    {
        if (_running is { } running)
        {
            _isStopped |= isStopped;
            var ending = isStopped ? Log.Compaction.End() : default;
            machine.Run(() => running.IsCompleted && (!isStopped || ending.IsCompleted));
            Collect();
        }
    }

    /// <summary>The node has crashed.</summary>
    public void Forget() => _running = null;

    private CleanSettings Settings(Prng chance)
    {
        _isMapSmall = chance.Chance(1, 4);
        return CleanSettings.Default with
        {
            DeleteRetentionMs = chance.Below(3) * 500,
            SegmentBytes = machine.Settings.SegmentBytes,
            IndexBytes = machine.Settings.SegmentIndexBytes,
            IndexIntervalBytes = machine.Settings.IndexIntervalBytes,
            DedupeBufferBytes = _isMapSmall ? (3 + chance.Below(3)) * OffsetMap.SlotBytes : 1 << 20,
            IoBytesPerSecond = chance.Chance(1, 4) ? 100_000 : 0,
        };
    }

    private List<Offset> MappedEnds(in CleanableRange range)
    {
        if (!_isMapSmall)
        {
            return [range.Bound];
        }
        var (first, bound) = (range.FirstDirty, range.Bound);
        var ends = model.Batches.Select(static batch => batch.EndOffset)
            .Where(end => end > first && end < bound);
        return [bound, .. ends];
    }

    /// <summary>P3 and P7: nothing undecided, active or young; nothing dirty is taken for clean.</summary>
    private void Judge(in CleanableRange range, Offset decided, long youngest)
    {
        var (first, bound) = (range.FirstDirty, range.Bound);
        if (bound > decided || bound.Value > machine.SegmentBases().Max)
        {
            throw new LogPromiseBrokenException($"compaction goes to {bound}, decided is {decided}");
        }
        if (first > Offset.Max(model.CleanedEnd, model.Start))
        {
            throw new LogPromiseBrokenException(
                $"compaction takes all below {first} for clean, and it has been to {model.CleanedEnd}");
        }
        var young = model.Batches.FirstOrDefault(batch => batch.EndOffset > first
            && batch.EndOffset <= bound
            && batch.MaxTimestampMs > youngest);
        if (young is not null)
        {
            throw new LogPromiseBrokenException($"compaction to {bound} meets {young}, which is too young");
        }
    }
}
