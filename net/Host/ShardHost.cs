using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// A shard on a thread of its own: the engine, its timers and its sockets all run here, and other threads
/// only post. One turn runs what is queued, rings timers, flushes connections with one gathered send each,
/// and waits for sockets, for other threads or for the next timer.
/// </summary>
/// <remarks>
/// An exception that escapes a unit of work ends the shard: nothing of the engine runs after it. Whatever the
/// way it ends, sockets are closed without a word to their sinks, as in a crash, and disks finish what was
/// asked of them.
/// </remarks>
public sealed class ShardHost : IShard
{
    private readonly Queue<WorkItem> _queue = new();    // units of work, in order; the shard's thread's only
    private readonly Inbox _inbox = new();
    private readonly EventHeap<WorkItem> _timers = new();
    private readonly Dictionary<string, Prng> _streams = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<Exception?> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _beganAt = Stopwatch.GetTimestamp();
    private readonly ulong _seed;
    private readonly IPoller _poller;
    private readonly SocketNetwork _network;
    private readonly FileDisk[] _disks;
    private readonly BufferPool _buffers;
    private Action<IShard>? _boot;         // set once by Start
    private int _threadId;                 // 0 until the shard's thread runs
    private volatile bool _isStopping;
    private Exception? _failureElsewhere;  // why another thread stopped the shard
    private bool _isNowRead;               // _now holds for the current unit of work
    private Instant _now;

    /// <summary>Takes no thread yet, and opens no file.</summary>
    public ShardHost(ShardOptions options)
    {
        Id = options.Id;
        Trace = options.Trace;
        _buffers = new BufferPool(options.RetainedBufferBytesMax, poison: false);
        _seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        _poller = options.Portable ? new SelectPoller() : new EpollPoller();
        _network = new SocketNetwork(this, _poller, options.Portable);
        _disks = new FileDisk[options.LogDirectories.Count];
        for (var i = 0; i < _disks.Length; i++)
        {
            _disks[i] = new FileDisk(this, options.LogDirectories[i], options.Portable);
        }
    }

    public ShardId Id { get; }

    /// <summary>Read once in a unit of work, when it is first asked for.</summary>
    public Instant Now
    {
        get
        {
            if (!_isNowRead)
            {
                _now = new Instant(Stopwatch.GetElapsedTime(_beganAt).Ticks);
                _isNowRead = true;
            }
            return _now;
        }
    }

    public long WallMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    public INetwork Network => _network;

    public IReadOnlyList<IDisk> Disks => _disks;

    public IBuffers Buffers => _buffers;

    public ITrace Trace { get; }

    /// <summary>
    /// Ends when the shard has stopped and let go of its sockets and files: with null after <see
    /// cref="Stop"/>, or with the exception that killed it.
    /// </summary>
    public Task<Exception?> Completion => _completion.Task;

    /// <summary>Starts the thread; <paramref name="boot"/> is its first unit of work. Once.</summary>
    public void Start(Action<IShard> boot)
    {
        Invariant.Assert(_boot is null);
        _boot = boot;
        new Thread(RunToTheEnd) { IsBackground = true, Name = $"shard {Id.Node.Value}.{Id.Index}" }.Start();
    }

    /// <summary>
    /// Stops the shard after the unit of work that runs now; what is queued is dropped. From any thread, any
    /// number of times.
    /// </summary>
    public void Stop()
    {
        _isStopping = true;
        _poller.Wake();
    }

    /// <summary>
    /// Runs <paramref name="action"/> on the shard. From any thread; a shard that stops drops it.
    /// </summary>
    public void Post(Action action) => Post(new ActionWork(action), 0);

    public Prng Random(string use)
    {
        if (!_streams.TryGetValue(use, out var stream))
        {
            stream = Prng.ForUse(_seed, Id.Node, use);
            _streams.Add(use, stream);
        }
        return stream;
    }

    /// <summary>From any thread; the shard's own goes past the shared queue.</summary>
    public void Post(IWork work, long token)
    {
        if (IsOnShard)
        {
            _queue.Enqueue(new WorkItem(work, token));
        }
        else if (!_isStopping && _inbox.Put(new WorkItem(work, token)))
        {
            _poller.Wake();
        }
    }

    public TimerId SetTimer(Instant due, IWork work, long token)
    {
        Invariant.Assert(IsOnShard);
        var handle = _timers.Push(due, new WorkItem(work, token));
        return new TimerId(handle.Slot, handle.Version);
    }

    public bool Cancel(TimerId timer)
    {
        Invariant.Assert(IsOnShard);
        return _timers.Remove(new HeapHandle(timer.Slot, timer.Version));
    }

    internal bool IsOnShard => Environment.CurrentManagedThreadId == _threadId;

    internal bool IsStopping => _isStopping;

    /// <summary>
    /// Whoever calls the engine says so first: the clock is read anew for each unit of work.
    /// </summary>
    internal void BeginUnit() => _isNowRead = false;

    /// <summary>A helper thread met an exception it cannot answer for: the shard ends with it.</summary>
    internal void Fail(Exception error)
    {
        Interlocked.CompareExchange(ref _failureElsewhere, error, null);
        Stop();
    }

    private void RunToTheEnd()
    {
        _threadId = Environment.CurrentManagedThreadId;
        var error = FirstError(RunTurns, _network.Abandon, StopDisks, _poller.Dispose);
        _completion.SetResult(error ?? Volatile.Read(ref _failureElsewhere));
    }

    /// <summary>Takes every step, whatever became of those before it.</summary>
    private static Exception? FirstError(params ReadOnlySpan<Action> steps)
    {
        Exception? first = null;
        foreach (var step in steps)
        {
            try
            {
                step();
            }
            catch (Exception error)
            {
                first ??= error;
            }
        }
        return first;
    }

    private void RunTurns()
    {
        try
        {
            BeginUnit();
            _boot!(this);
            while (!_isStopping)
            {
                Turn();
            }
        }
        finally
        {
            _isStopping = true;
        }
    }

    private void Turn()
    {
        RunQueue();
        RingTimers();
        _network.FlushDirty();
        var ready = _poller.Wait(WaitMs());
        _inbox.BeAwake();
        for (var i = 0; i < ready && !_isStopping; i++)
        {
            if (_poller.TryReady(i, out var target, out var events))
            {
                target.OnReady(events);
            }
        }
    }

    private void RunQueue()
    {
        for (var room = NetLimits.UnitsPerTurn; room > 0 && _inbox.TryTake(out var arrived); room--)
        {
            _queue.Enqueue(arrived);
        }
        for (var room = NetLimits.UnitsPerTurn; room > 0 && _queue.TryDequeue(out var item); room--)
        {
            BeginUnit();
            item.Work.Run(item.Token);
            if (_isStopping)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Rings what is due now; a timer set by a ringing one waits for the next turn at the soonest.
    /// </summary>
    private void RingTimers()
    {
        if (_timers.Count == 0)
        {
            return;
        }
        BeginUnit();
        var now = Now;
        for (var room = _timers.Count; room > 0 && !_isStopping && _timers.NextDue <= now; room--)
        {
            _timers.TryPop(out _, out var item);
            BeginUnit();
            item.Work.Run(item.Token);
        }
    }

    /// <summary>
    /// 0: there is work left. -1: until something happens. Says so to the inbox before any real wait.
    /// </summary>
    private int WaitMs()
    {
        if (_isStopping || _queue.Count > 0 || _network.HasDirty)
        {
            return 0;
        }
        var waitMs = -1;
        if (_timers.Count > 0)
        {
            BeginUnit();
            var left = _timers.NextDue.Ticks - Now.Ticks;
            waitMs = left <= 0 ? 0 : (int)Math.Min(NetLimits.WaitMaxMs, (left - 1) / Instant.TicksPerMs + 1);
        }
        return waitMs == 0 || !_inbox.TryFallAsleep() ? 0 : waitMs;
    }

    private void StopDisks()
    {
        foreach (var disk in _disks)
        {
            disk.Stop();
        }
    }
}
