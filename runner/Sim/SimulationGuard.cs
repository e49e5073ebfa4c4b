using System;
using System.Collections.Generic;
using System.Threading;

namespace Testbed.Runner.Sim;

/// <summary>
/// Stands around simulated runs and fails those that leave their thread. One guard serves one thread and any
/// number of runs, one after another.
/// </summary>
/// <remarks>
/// Three things are watched: blocking, which throws where it happens; code of the run on another thread, told
/// by the execution context that flows with it; and, when the process does nothing else, the counts of the
/// thread pool and of timers. What is still under way when a run ends is charged to the next run of the
/// guard.
/// </remarks>
public sealed class SimulationGuard
{
    /// <summary>A work item that is being finished as a run ends gets this long to be counted.</summary>
    private const int SettleMs = 1;

    private readonly bool _isAloneInProcess;
    private readonly AsyncLocal<bool> _inRun;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    // times code of a run came up on another thread; written by those threads
    private int _strayedCount;
    private int _strayedBefore;       // counts as of the last run's end
    private long _poolItemsBefore;
    private long _timersBefore;

    /// <param name="isAloneInProcess">
    /// True in a program that only simulates: then whatever the thread pool does, a run has done. False in
    /// tests, where other tests and their host use it too.
    /// </param>
    public SimulationGuard(bool isAloneInProcess)
    {
        _isAloneInProcess = isAloneInProcess;
        _inRun = new AsyncLocal<bool>(OnContextChanged);
        TakeCounts();
    }

    /// <summary>Runs <paramref name="run"/> on this thread.</summary>
    /// <exception cref="SimulationEscapeException">The run blocked, or left its thread.</exception>
    public T Run<T>(Func<T> run)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("a guard serves the thread that made it");
        }
        var context = new NoWaitContext();
        var result = RunIn(context, run);
        Thread.Sleep(SettleMs);
        var escapes = Escapes(context);
        TakeCounts();
        return escapes.Count == 0 ? result : throw new SimulationEscapeException(string.Join("; ", escapes));
    }

    private T RunIn<T>(NoWaitContext context, Func<T> run)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        _inRun.Value = true;
        try
        {
            return run();
        }
        finally
        {
            _inRun.Value = false;
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private List<string> Escapes(NoWaitContext context)
    {
        var escapes = new List<string>();
        Add(context.PostedCount, "continuations of tasks were posted to the run");
        Add(
            Volatile.Read(ref _strayedCount) - _strayedBefore,
            "times code of the run came up on another thread");
        if (_isAloneInProcess)
        {
            Add(
                ThreadPool.CompletedWorkItemCount - _poolItemsBefore,
                "work items went through the thread pool");
            Add(Timer.ActiveCount - _timersBefore, "more timers are running");
        }
        return escapes;

        void Add(long count, string what)
        {
            if (count != 0)
            {
                escapes.Add($"{count} {what}");
            }
        }
    }

    private void TakeCounts()
    {
        _strayedBefore = Volatile.Read(ref _strayedCount);
        _poolItemsBefore = ThreadPool.CompletedWorkItemCount;
        _timersBefore = Timer.ActiveCount;
    }

    /// <summary>
    /// Called on every thread that takes up or lays down an execution context that a run made.
    /// </summary>
    private void OnContextChanged(AsyncLocalValueChangedArgs<bool> change)
    {
        if (change.CurrentValue && Environment.CurrentManagedThreadId != _thread)
        {
            Interlocked.Increment(ref _strayedCount);
        }
    }
}
