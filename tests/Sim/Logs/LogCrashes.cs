using System;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;
using Testbed.Sim;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// Truncates, stops and crashes a log, at any moment and again while it is being opened, and has the model
/// judge what is left.
/// </summary>
internal sealed class LogCrashes(LogMachine machine, ModelLog model)
{
    private const int EventsOfOpening = 120;
    private const int EventsOfTruncation = 160;
    private const int EventsOfCompaction = 200;
    private const int EventsOfRetention = 40;

    /// <summary>What was decided before the log was opened or cut is not known to it any more.</summary>
    public bool HasForgotten { get; private set; }

    private PartitionLog Log => machine.Log;

    public void Truncate(Prng chance, bool isWhole)
    {
        var truncating = BeginTruncation(chance, isWhole);
        machine.Run(() => truncating.IsCompleted);
        EndTruncation(truncating);
        KeepLowerStart();
    }

    public void Crash(LogStepKind kind, Prng chance)
    {
        HasForgotten = true;
        switch (kind)
        {
            case LogStepKind.Kill:
                Reopen(CrashKind.Process, isClean: false, chance);
                break;
            case LogStepKind.PowerCut:
                Reopen(CrashKind.PowerCut, isClean: false, chance);
                break;
            case LogStepKind.CrashInTruncation:
                var truncating = BeginTruncation(chance, chance.Chance(1, 4));
                StepSome(chance.Below(EventsOfTruncation));
                if (truncating.IsCompleted)
                {
                    EndTruncation(truncating);
                }
                Reopen(Any(chance), isClean: false, chance);
                break;
            case LogStepKind.CrashInCompaction:
                StepSome(chance.Below(EventsOfCompaction));
                Reopen(Any(chance), isClean: false, chance);
                break;
            case LogStepKind.CrashInRetention:
                StepSome(chance.Below(EventsOfRetention));
                Reopen(Any(chance), isClean: false, chance);
                break;
            case LogStepKind.CrashWithDamage:
                machine.BeforeOpening = _ => new HelperDamage(machine).Do(chance);
                Reopen(Any(chance), isClean: false, chance);
                break;
            case LogStepKind.StopCleanly:
                Stop();
                Reopen(Any(chance), isClean: true, chance);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "is no crash");
        }
    }

    /// <summary>As a node does: flushed, checkpoints written, closed.</summary>
    public void Stop()
    {
        LogComparison.Same("result of a flush", true, machine.Wait(Log.Flush()));
        model.OnDurable(model.End);
        machine.Place.RecoveryPoints.Set(LogMachine.Name, Log.RecoveryPoint);
        machine.Wait(machine.Place.RecoveryPoints.Write());
        if (Log.IsStartWithinSegment)
        {
            machine.Wait(machine.Place.LogStarts.Keep(LogMachine.Name, Log.StartOffset));
            model.KeepStart(model.Start);
        }
        var closing = Log.Close();
        machine.Run(() => closing.IsCompleted);
    }

    /// <summary>
    /// Opens the log after a crash, which may be followed by others while it is being opened.
    /// </summary>
    public void Reopen(CrashKind kind, bool isClean, Prng chance)
    {
        machine.Crash(kind);
        machine.Restart();
        for (var left = chance.Below(4) == 0 ? 1 + chance.Below(2) : 0; left > 0; left--)
        {
            machine.OpenInPart(chance.Below(EventsOfOpening));
            machine.Crash(Any(chance));
            machine.Restart();
            isClean = false;
        }
        machine.Open(isClean);
        machine.BeforeOpening = null;
        Judge();
    }

    /// <summary>Compares what was found with what may be left.</summary>
    public void Judge()
    {
        HasForgotten = true;
        var found = new ModelFinding(
            Log.StartOffset, Log.EndOffset, Log.SizeBytes == 0, LogComparison.Epochs(Log))
        {
            Base = machine.SegmentBases() is { Count: > 0 } bases ? new Offset(bases.Min) : Log.EndOffset,
            Producers = LogComparison.Known(Log.Producers),
            Sealed = model.IsCompacting ? machine.Sealed() : [],
        };
        if (model.Recover(machine.WorstCrash, found) is { } problem)
        {
            throw new LogPromiseBrokenException(problem);
        }
        machine.WorstCrash = ModelCrash.Process;
        if (machine.Settings.SyncBeforeAcknowledge)
        {
            model.OnDurable(model.End);
        }
        model.KeepStart(Offset.Min(model.KeptStart, model.Start));
    }

    private EngineTask<IoStatus> BeginTruncation(Prng chance, bool isWhole)
    {
        HasForgotten = true;
        if (isWhole)
        {
            var start = chance.Chance(1, 2) ? model.End + chance.Below(30) : new Offset(chance.Below(50));
            model.BeginEmptying(start);
            return Log.TruncateFully(start);
        }
        var target = new Offset(chance.Between(Math.Max(model.Base.Value - 2, 0), model.End.Value + 2));
        target = chance.Chance(1, 2) ? target : Offset.Max(model.End - chance.Below(12), Offset.Zero);
        model.BeginTruncation(target);
        return Log.TruncateTo(target);
    }

    private void EndTruncation(EngineTask<IoStatus> truncating)
    {
        LogComparison.Same("result of a truncation", IoStatus.Ok, truncating.GetAwaiter().GetResult());
        if (model.EndTruncation(LogComparison.Known(Log.Producers)) is { } problem)
        {
            throw new LogPromiseBrokenException(problem);
        }
        model.KeepStart(Offset.Min(model.KeptStart, model.Start));
    }

    /// <summary>The user of a log that is cut below its start writes that down.</summary>
    private void KeepLowerStart()
    {
        if (machine.Place.LogStarts.Of(LogMachine.Name) > model.Start)
        {
            machine.Wait(machine.Place.LogStarts.Keep(LogMachine.Name, model.Start));
        }
    }

    private void StepSome(int events)
    {
        for (var i = 0; i < events && machine.World.Step(); i++)
        {
        }
        machine.RunTicks(0);
    }

    private static CrashKind Any(Prng chance) =>
        chance.Chance(1, 2) ? CrashKind.Process : CrashKind.PowerCut;
}
