using System;
using System.Collections.Generic;
using System.Threading;

namespace Testbed.Net;

/// <summary>
/// The thread that waits for one directory's disk, so that the shard need not. Jobs run one at a time, first
/// come, first served. The thread begins with the first job; an exception that a job lets out ends it, and
/// the shard.
/// </summary>
internal sealed class DiskThread(string name, Action<Exception> onFailure)
{
    private readonly object _gate = new();             // Monitor: waiting must not spin
    private readonly Queue<IDiskJob> _jobs = new();    // guarded by _gate
    private bool _isStopping;                          // guarded by _gate
    private Thread? _thread;                           // the caller's only

    /// <summary>One caller at a time: the shard.</summary>
    public void Add(IDiskJob job)
    {
        lock (_gate)
        {
            _jobs.Enqueue(job);
            Monitor.Pulse(_gate);
        }
        if (_thread is null)
        {
            _thread = new Thread(RunJobs) { IsBackground = true, Name = name };
            _thread.Start();
        }
    }

    /// <summary>
    /// Returns when all jobs are done and the thread has ended. What is added later never runs.
    /// </summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopping = true;
            Monitor.Pulse(_gate);
        }
        _thread?.Join();
    }

    private void RunJobs()
    {
        try
        {
            while (TryTake() is { } job)
            {
                job.Execute();
            }
        }
        catch (Exception error)
        {
            onFailure(error);
        }
    }

    /// <summary>Null when everything is done and the thread is to stop.</summary>
    private IDiskJob? TryTake()
    {
        lock (_gate)
        {
            while (_jobs.Count == 0 && !_isStopping)
            {
                Monitor.Wait(_gate);
            }
            return _jobs.TryDequeue(out var job) ? job : null;
        }
    }
}
