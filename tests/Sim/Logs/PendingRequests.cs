using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Models.Logs;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// What was asked of a log and may not have come back yet: flushes, and starts to be written down.
/// </summary>
internal sealed class PendingRequests(LogMachine machine, ModelLog model)
{
    private readonly List<(EngineTask<bool> Task, Offset End)> _flushes = [];
    private readonly List<(EngineTask<bool> Write, Offset Start)> _starts = [];

    public bool HasFlushes => _flushes.Count > 0;

    public void BeginFlush() => _flushes.Add((machine.Log.Flush(), model.End));

    public void WaitForFlushes() =>
        machine.Run(() => _flushes.All(static flush => flush.Task.IsCompleted));

    /// <summary>DeleteRecords: the log's start is written down.</summary>
    public void KeepStart()
    {
        var kept = machine.Place.LogStarts.Keep(LogMachine.Name, machine.Log.StartOffset);
        _starts.Add((kept, machine.Log.StartOffset));
    }

    /// <summary>The recovery point goes into its file, or is on its way.</summary>
    public void KeepPoint(Prng chance)
    {
        machine.Place.RecoveryPoints.Set(LogMachine.Name, machine.Log.RecoveryPoint);
        var written = machine.Place.RecoveryPoints.Write();
        machine.Run(() => written.IsCompleted || chance.Chance(1, 50));
        FailUnless(!written.IsCompleted || written.GetAwaiter().GetResult());
    }

    /// <summary>Takes what has come back.</summary>
    public void Collect()
    {
        foreach (var (task, end) in _flushes.Where(static flush => flush.Task.IsCompleted))
        {
            LogComparison.Same("result of a flush", true, task.GetAwaiter().GetResult());
            if (model.End >= end)
            {
                model.OnDurable(end);
            }
        }
        _flushes.RemoveAll(static flush => flush.Task.IsCompleted);
        foreach (var (write, start) in _starts.Where(static start => start.Write.IsCompleted))
        {
            var isKept = write.GetAwaiter().GetResult();
            FailUnless(isKept);
            model.KeepStart(isKept ? Offset.Max(start, model.KeptStart) : model.KeptStart);
        }
        _starts.RemoveAll(static start => start.Write.IsCompleted);
    }

    public void EndStarts()
    {
        machine.Run(() => _starts.All(static start => start.Write.IsCompleted));
        Collect();
    }

    /// <summary>The node has crashed.</summary>
    public void Forget()
    {
        _flushes.Clear();
        _starts.Clear();
    }

    /// <summary>As a node does, whose checkpoint cannot be written.</summary>
    private void FailUnless(bool isWritten)
    {
        if (!isWritten)
        {
            machine.Place.Fail($"writing to log directory {machine.Device.Name} failed");
        }
    }
}
