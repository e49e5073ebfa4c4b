using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// A log and its model, in step: does a step to both and compares all that can be seen. Owns what its user
/// knows beside the log: who leads, how far the replicas are.
/// </summary>
internal sealed class LogTwins
{
    private readonly ulong _seed;
    private readonly BatchMaker _batches;
    private readonly LogAppends _appends;
    private readonly PendingRequests _pending;
    private readonly LogCompactions _compactions;
    private readonly LogRetentions _retentions;
    private readonly LogCrashes _crashes;
    private readonly LogScrutiny _scrutiny;
    private Offset _highWatermark;

    public LogTwins(ulong seed, LogSettings settings)
    {
        _seed = seed;
        Model = new ModelLog();
        Machine = new LogMachine(seed, settings, Model);
        _batches = new BatchMaker(Machine, Model, settings.IsCompacted);
        _appends = new LogAppends(_batches, Model);
        _pending = new PendingRequests(Machine, Model);
        _compactions = new LogCompactions(Machine, Model);
        _retentions = new LogRetentions(Machine, Model);
        _scrutiny = new LogScrutiny(Machine, Model);
        _crashes = new LogCrashes(Machine, Model);
    }

    public ModelLog Model { get; }

    public LogMachine Machine { get; }

    public LogRetentions Retentions => _retentions;

    private PartitionLog Log => Machine.Log;

    /// <summary>Throws when log and model disagree.</summary>
    public void Do(LogStep step)
    {
        if (Log.IsOffline)
        {
            throw new LogPromiseBrokenException($"the log is offline: {Log.OfflineReason}");
        }
        var chance = new Prng(StableHash.Finish(
            StableHash.Add(StableHash.Add(StableHash.Seed, (long)_seed), step.Key)));
        if (!_appends.TryDo(step.Kind, chance)
            && !TryWait(step.Kind, chance)
            && !TryChange(step.Kind, chance)
            && !TryClean(step.Kind, chance))
        {
            Crash(step.Kind, chance);
        }
        _pending.Collect();
        _compactions.Collect();
        LogComparison.Compare(Log, Model);
        CompareDecisions(chance);
    }

    /// <summary>Lets everything end and compares all once more.</summary>
    public void End()
    {
        _compactions.End(isStopped: false);
        Settle();
        LogComparison.Compare(Log, Model);
        _scrutiny.LookAtAll(new Prng(_seed));
        LogComparison.Same("buffers that are not given back", 0, Machine.World.LeakedLeases());
    }

    /// <summary>The log was opened after crashes: judges what is left and compares all there is.</summary>
    public void OnOpened()
    {
        _crashes.Judge();
        OnRecovered(new Prng(_seed));
    }

    private bool TryWait(LogStepKind kind, Prng chance)
    {
        switch (kind)
        {
            case LogStepKind.Pause:
                Machine.RunTicks(chance.Below(chance.Chance(1, 2) ? 3_000 : 60_000));
                return true;
            case LogStepKind.Settle:
                Settle();
                return true;
            case LogStepKind.BeginFlush:
                _pending.BeginFlush();
                return true;
            case LogStepKind.Flush:
                _pending.BeginFlush();
                _pending.WaitForFlushes();
                return true;
            case LogStepKind.KeepPoint:
                _pending.KeepPoint(chance);
                return true;
            case LogStepKind.Look:
                Look(chance);
                return true;
            case LogStepKind.WaitLong:
                WaitLong();
                return true;
            default:
                return false;
        }
    }

    private bool TryChange(LogStepKind kind, Prng chance)
    {
        switch (kind)
        {
            case LogStepKind.AdvanceStart:
                Log.AdvanceStart(Model.Start + chance.Below(Model.Written - Model.Start + 1));
                Model.AdvanceStart(Log.StartOffset);
                _pending.KeepStart();
                Machine.RunTicks(chance.Below(100_000));
                return true;
            case LogStepKind.TruncateTo:
            case LogStepKind.TruncateFully:
                _pending.EndStarts();
                _compactions.End(isStopped: true);
                _crashes.Truncate(chance, kind == LogStepKind.TruncateFully);
                _batches.Epoch = chance.Chance(1, 2)
                    ? Newer(Model.NewestEpoch, new LeaderEpoch(0))
                    : _batches.Epoch;
                return true;
            case LogStepKind.Elect:
                _batches.Epoch = new LeaderEpoch(_batches.Epoch.Value + 1 + chance.Below(2));
                Machine.NewestEpoch = Newer(Machine.NewestEpoch, _batches.Epoch);
                Log.Epochs.Assign(_batches.Epoch, Log.EndOffset);
                Model.Elect(_batches.Epoch);
                return true;
            case LogStepKind.CatchUp:
                _highWatermark = Model.Written;
                return true;
            case LogStepKind.ChangeSettings:
                Machine.Settings = DrawnSettings.Of(chance, Machine.Settings.IsCompacted);
                Log.Apply(Machine.Settings);
                return true;
            default:
                return false;
        }
    }

    private bool TryClean(LogStepKind kind, Prng chance)
    {
        switch (kind)
        {
            case LogStepKind.BeginCompact:
                _compactions.Begin(chance, Advance(chance), isAlone: false);
                return true;
            case LogStepKind.Compact:
                _compactions.End(isStopped: false);
                _compactions.Begin(chance, Advance(chance), isAlone: !_pending.HasFlushes);
                _compactions.End(isStopped: chance.Chance(1, 8));
                return true;
            case LogStepKind.Retain:
                _compactions.End(isStopped: chance.Chance(1, 2));
                _retentions.Begin(chance, Advance(chance));
                _retentions.End();
                return true;
            default:
                return false;
        }
    }

    private void Crash(LogStepKind kind, Prng chance)
    {
        if (kind is LogStepKind.CrashInTruncation or LogStepKind.StopCleanly)
        {
            _pending.EndStarts();
        }
        if (kind is LogStepKind.CrashInTruncation or LogStepKind.CrashInRetention)
        {
            _compactions.End(isStopped: true);
        }
        if (kind == LogStepKind.CrashInRetention)
        {
            _retentions.Begin(chance, Advance(chance));
        }
        if (kind == LogStepKind.CrashInCompaction)
        {
            _compactions.Begin(chance, Advance(chance), isAlone: false);
        }
        _crashes.Crash(kind, chance);
        OnRecovered(chance);
    }

    private void OnRecovered(Prng chance)
    {
        _pending.Forget();
        _compactions.Forget();
        _retentions.Forget();
        _highWatermark = Offset.Zero;
        LogComparison.Compare(Log, Model);
        _scrutiny.LookAtAll(chance);
    }

    private void Settle()
    {
        Machine.Wait(Log.Finish());
        _pending.WaitForFlushes();
        LogComparison.Same("end of what is written", Model.End, Model.Written);
    }

    private void Look(Prng chance)
    {
        _compactions.End(isStopped: false);
        if (chance.Chance(1, 2))
        {
            _scrutiny.LookAtRecords(chance, reads: 8);
            return;
        }
        Settle();
        _scrutiny.LookAtAll(chance);
    }

    /// <summary>Afterwards nothing is left of what is no longer part of the log.</summary>
    private void WaitLong()
    {
        _compactions.End(isStopped: false);
        Machine.World.RunForMs(61_000);
        var doomed = Machine.Device.FilePaths()
            .FirstOrDefault(static path => path.EndsWith(LogFileNames.DeletedSuffix));
        LogComparison.Same("file that should be deleted", null, doomed);
    }

    private void CompareDecisions(Prng chance)
    {
        var producers = Model.Producers;
        var id = new ProducerId(1 + chance.Below(LogAppends.ProducersCount));
        var next = BatchMaker.Next(chance, producers, id, 1 + chance.Below(2), false, chance.Chance(1, 6));
        LogComparison.CompareVerdict(Log, producers, next);
        LogComparison.CompareVerdict(
            Log, producers, next with { FirstSequence = 1 + chance.Below(3), LastSequence = 5 });
        foreach (var known in producers.Find(id)?.Last ?? [])
        {
            LogComparison.CompareVerdict(Log, producers, next with
            {
                Epoch = producers.Find(id)!.Epoch,
                FirstSequence = known.FirstSequence,
                LastSequence = known.LastSequence,
            });
        }
        LogComparison.CompareStable(
            Log.Producers, Model, Advance(chance), isWholeLifeKnown: !_crashes.HasForgotten);
    }

    /// <summary>The replicas come on; the high watermark is nowhere above what is written.</summary>
    private Offset Advance(Prng chance)
    {
        _highWatermark = Offset.Min(_highWatermark, Model.Written);
        _highWatermark += chance.Below(Model.Written - _highWatermark + 1);
        Log.Producers.OnHighWatermark(_highWatermark);
        return _highWatermark;
    }

    private static LeaderEpoch Newer(LeaderEpoch one, LeaderEpoch other) => one > other ? one : other;
}
