using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// A log and its model, in step: does a step to both and compares all that can be seen. Owns what its user
/// knows beside the log: who leads, what was asked for and has not come back.
/// </summary>
internal sealed class LogTwins
{
    private const int ProducersCount = 4;    // the first is not transactional

    private readonly ulong _seed;
    private readonly BatchMaker _batches;
    private readonly LogCrashes _crashes;
    private readonly LogScrutiny _scrutiny;
    private readonly List<(EngineTask<bool> Task, Offset End)> _flushes = [];
    private readonly List<(EngineOp<bool> Write, Offset Start)> _starts = [];
    private Offset _highWatermark;

    public LogTwins(ulong seed, LogSettings settings)
    {
        _seed = seed;
        Model = new ModelLog();
        Machine = new LogMachine(seed, settings, Model);
        _batches = new BatchMaker(Machine, Model);
        _scrutiny = new LogScrutiny(Machine, Model);
        _crashes = new LogCrashes(Machine, Model);
    }

    public ModelLog Model { get; }

    public LogMachine Machine { get; }

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
        if (!TryAppend(step.Kind, chance) && !TryWait(step.Kind, chance) && !TryChange(step.Kind, chance))
        {
            Crash(step.Kind, chance);
        }
        Collect();
        LogComparison.Compare(Log, Model);
        CompareDecisions(chance);
    }

    /// <summary>Lets everything end and compares all once more.</summary>
    public void End()
    {
        Settle();
        LogComparison.Compare(Log, Model);
        _scrutiny.LookAtAll(new Prng(_seed));
        LogComparison.Same("buffers that are not given back", 0, Machine.World.LeakedLeases());
    }

    private bool TryAppend(LogStepKind kind, Prng chance)
    {
        switch (kind)
        {
            case LogStepKind.Append:
                AppendOne(chance, chance.Below(2), isBump: false);
                return true;
            case LogStepKind.AppendInTransaction:
                AppendOne(chance, 2 + chance.Below(ProducersCount - 1), isBump: false);
                return true;
            case LogStepKind.BumpProducer:
                AppendOne(chance, 1 + chance.Below(ProducersCount), isBump: true);
                return true;
            case LogStepKind.Burst:
                for (var left = 2 + chance.Below(6); left > 0; left--)
                {
                    AppendOne(chance, chance.Below(ProducersCount + 1), isBump: false);
                }
                return true;
            case LogStepKind.EndTransaction:
                EndTransaction(chance);
                return true;
            default:
                return false;
        }
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
                _flushes.Add((Log.Flush(), Model.End));
                return true;
            case LogStepKind.Flush:
                _flushes.Add((Log.Flush(), Model.End));
                Machine.Run(() => _flushes.All(static flush => flush.Task.IsCompleted));
                return true;
            case LogStepKind.KeepPoint:
                Machine.Place.RecoveryPoints.Set(LogMachine.Name, Log.RecoveryPoint);
                var written = Machine.Place.RecoveryPoints.Write();
                Machine.Run(() => written.IsCompleted || chance.Chance(1, 50));
                FailUnless(!written.IsCompleted || written.GetAwaiter().GetResult());
                return true;
            case LogStepKind.Look:
                Look(chance);
                return true;
            case LogStepKind.WaitLong:
                Machine.World.RunForMs(61_000);
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
                var kept = Machine.Place.LogStarts.Keep(LogMachine.Name, Log.StartOffset);
                _starts.Add((kept, Log.StartOffset));
                Machine.RunTicks(chance.Below(100_000));
                return true;
            case LogStepKind.TruncateTo:
            case LogStepKind.TruncateFully:
                EndStarts();
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
            case LogStepKind.ChangeSettings:
                Machine.Settings = DrawnSettings.Of(chance);
                Log.Apply(Machine.Settings);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The log was opened after crashes: judges what is left and compares all there is.</summary>
    public void OnOpened()
    {
        _crashes.Judge();
        OnRecovered(new Prng(_seed));
    }

    private void Crash(LogStepKind kind, Prng chance)
    {
        EndStartsBefore(kind);
        _crashes.Crash(kind, chance);
        OnRecovered(chance);
    }

    private void OnRecovered(Prng chance)
    {
        _flushes.Clear();
        _starts.Clear();
        _highWatermark = Offset.Zero;
        LogComparison.Compare(Log, Model);
        _scrutiny.LookAtAll(chance);
    }

    private void EndStartsBefore(LogStepKind kind)
    {
        if (kind is LogStepKind.CrashInTruncation or LogStepKind.StopCleanly)
        {
            EndStarts();
        }
    }

    private void AppendOne(Prng chance, int producer, bool isBump)
    {
        var count = BatchMaker.Count(chance);
        var stamp = producer == 0
            ? null
            : BatchMaker.Next(
                chance, Model.Producers, new ProducerId(producer), count, producer > 1, isBump);
        _batches.AppendData(chance, stamp, count);
    }

    private void EndTransaction(Prng chance)
    {
        var known = Model.Producers.All.Where(static producer => producer.Id.Value > 1).ToList();
        var open = known.Where(static producer => producer.OpenSince is not null).ToList();
        var from = open.Count > 0 && chance.Chance(5, 6) ? open : known;
        if (from.Count > 0)
        {
            var producer = from[chance.Below(from.Count)];
            var epoch = (short)(producer.Epoch + (chance.Chance(1, 3) ? 1 : 0));
            var coordinator = Math.Max(producer.CoordinatorEpoch, 0) + chance.Below(2);
            var marker = new ModelMarker(chance.Chance(2, 3), coordinator);
            _batches.AppendMarker(chance, producer, epoch, marker);
        }
    }

    private void Settle()
    {
        Machine.Wait(Log.Finish());
        Machine.Run(() => _flushes.All(static flush => flush.Task.IsCompleted));
        LogComparison.Same("end of what is written", Model.End, Model.Written);
    }

    private void Look(Prng chance)
    {
        if (chance.Chance(1, 2))
        {
            _scrutiny.LookAtRecords(chance, reads: 8);
            return;
        }
        Settle();
        _scrutiny.LookAtAll(chance);
    }

    /// <summary>What was asked for and has come back.</summary>
    private void Collect()
    {
        foreach (var (task, end) in _flushes.Where(static flush => flush.Task.IsCompleted))
        {
            LogComparison.Same("result of a flush", true, task.GetAwaiter().GetResult());
            if (Model.End >= end)
            {
                Model.OnDurable(end);
            }
        }
        _flushes.RemoveAll(static flush => flush.Task.IsCompleted);
        foreach (var (write, start) in _starts.Where(static start => start.Write.IsCompleted))
        {
            FailUnless(write.Result);
            Model.KeepStart(write.Result ? Offset.Max(start, Model.KeptStart) : Model.KeptStart);
        }
        _starts.RemoveAll(static start => start.Write.IsCompleted);
    }

    /// <summary>As a node does, whose checkpoint cannot be written.</summary>
    private void FailUnless(bool isWritten)
    {
        if (!isWritten)
        {
            Machine.Place.Fail($"writing to log directory {Machine.Device.Name} failed");
        }
    }

    private void EndStarts()
    {
        Machine.Run(() => _starts.All(static start => start.Write.IsCompleted));
        Collect();
    }

    private void CompareDecisions(Prng chance)
    {
        var producers = Model.Producers;
        var id = new ProducerId(1 + chance.Below(ProducersCount));
        var next = BatchMaker.Next(chance, producers, id, 1 + chance.Below(2), false, chance.Chance(1, 6));
        LogComparison.CompareVerdict(Log, producers, next);
        LogComparison.CompareVerdict(
            Log, producers, next with { FirstSequence = 1 + chance.Below(3), LastSequence = 5 });
        foreach (var known in producers.Find(id)?.Last ?? [])
        {
            LogComparison.CompareVerdict(Log, producers, known.Stamp!);
        }
        _highWatermark = Offset.Min(_highWatermark, Model.Written);
        _highWatermark += chance.Below(Model.Written - _highWatermark + 1);
        LogComparison.CompareStable(
            Log.Producers, producers, _highWatermark, isWholeLifeKnown: !_crashes.HasForgotten);
    }

    private static LeaderEpoch Newer(LeaderEpoch one, LeaderEpoch other) => one > other ? one : other;
}
