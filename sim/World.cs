using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// A whole simulated world: its virtual time, the one queue of everything that is going to happen, its nodes
/// and the network between them. What happens in it is a function of its options and of what its owner does
/// to it between steps; nothing else, least of all the machine it runs on.
/// </summary>
/// <remarks>
/// One thread steps a world, and all calls into it come from within a step or from its owner between steps.
/// Chance comes from streams named by purpose and entity, so what one part draws never moves another's
/// numbers.
/// </remarks>
public sealed class World
{
    private readonly IEventQueue _queue;
    private readonly SortedDictionary<int, SimNode> _nodes = [];
    private int _eventsAtThisInstant;

    public World(WorldOptions options)
    {
        Options = options;
        _queue = options.NewQueue();
        Trace = new WorldTrace(this);
        Network = new SimNetwork(this);
    }

    public World(ulong seed)
        : this(new WorldOptions { Seed = seed })
    {
    }

    public WorldOptions Options { get; }

    public ulong Seed => Options.Seed;

    /// <summary>
    /// Virtual time since the world began; each node's own clock began later and may run a little wrong.
    /// </summary>
    public Instant Now { get; private set; }

    public long EventCount { get; private set; }

    /// <summary>Units of work of dead incarnations that never ran.</summary>
    public long DroppedEventCount { get; private set; }

    /// <summary>
    /// Effects asked of dead incarnations (posts, timers, sends, disk operations, facts), all refused.
    /// </summary>
    public long RefusedEffectCount { get; private set; }

    /// <summary>Events that wait, with those that wait for ever.</summary>
    public int PendingEventCount => _queue.Count;

    /// <summary>The first promise that was broken; the run is over then.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>
    /// The exception behind the violation, if it was one. For a debugger only: its stack differs from run to
    /// run, so it is neither hashed nor reported.
    /// </summary>
    public Exception? Error { get; private set; }

    public WorldTrace Trace { get; }

    public SimNetwork Network { get; }

    /// <summary>By node id.</summary>
    public IReadOnlyCollection<SimNode> Nodes => _nodes.Values;

    /// <summary>
    /// Adds a node and starts it: <paramref name="boot"/> is called with a fresh shard now and at every
    /// restart, each time as a unit of work of that shard. Clients are nodes too.
    /// </summary>
    public SimNode AddNode(NodeId id, Action<IShard> boot, NodeOptions? options = null)
    {
        Invariant.Assert(id.Value >= 0);
        var node = new SimNode(this, id, boot, options ?? new NodeOptions());
        _nodes.Add(id.Value, node);
        Network.Register(node);
        node.Start();
        return node;
    }

    public SimNode Node(NodeId id) => _nodes[id.Value];

    /// <summary>
    /// Ends the node's incarnation as if by kill -9 or by a power cut. Nothing of it runs afterwards, not
    /// even the rest of the current turn's effects. A power cut may also hit a machine whose process is down.
    /// </summary>
    public void Crash(NodeId id, CrashKind kind) => Node(id).Crash(kind);

    /// <summary>Starts a node that is down, with the disks it left behind.</summary>
    public void Restart(NodeId id) => Node(id).Start();

    /// <summary>
    /// Has the world itself do something at <paramref name="due"/>: a fault, a step of a workload.
    /// </summary>
    public void At(Instant due, IWork work, long token) =>
        Push(due, new SimEvent(null, work, token, SimEventKind.World));

    public void At(Instant due, Action action) => At(due, new ActionWork(action), 0);

    /// <summary>Lets the next event happen. False when there is none, or when the run is over.</summary>
    public bool Step()
    {
        if (Violation is not null || _queue.NextDue == Instant.Never)
        {
            return false;
        }
        Invariant.Assert(_queue.TryPop(out var due, out var next));
        AdvanceTo(due);
        if (next.Shard is { IsAlive: false })
        {
            DroppedEventCount++;
            return true;
        }
        EventCount++;
        Trace.Executed(in next);
        Execute(in next);
        return true;
    }

    /// <summary>
    /// Lets everything happen that is due by <paramref name="limit"/>. True when no promise was broken.
    /// </summary>
    public bool RunUntil(Instant limit)
    {
        Invariant.Assert(limit < Instant.Never);
        while (_queue.NextDue <= limit && Step())
        {
        }
        if (Violation is null && Now < limit)
        {
            AdvanceTo(limit);
        }
        return Violation is null;
    }

    public bool RunForMs(long ms) => RunUntil(Now.PlusMs(ms));

    /// <summary>
    /// Lets events happen while <paramref name="condition"/> holds, by <paramref name="limit"/> at most. True
    /// when it no longer holds; false when time or events ran out first or a promise was broken.
    /// </summary>
    public bool RunWhile(Func<bool> condition, Instant limit)
    {
        while (condition())
        {
            if (_queue.NextDue > limit || !Step())
            {
                return false;
            }
        }
        return Violation is null;
    }

    /// <summary>A promise is broken: the run ends after the current event. The first one counts.</summary>
    public void Fail(string invariant, NodeId node) => Violation ??= new Violation(invariant, node, Now);

    /// <summary>
    /// The random stream for one purpose and one entity. Ask once and keep it: each call starts it afresh.
    /// </summary>
    public Prng Stream(string purpose, long entity = 0, long detail = 0, long ordinal = 0)
    {
        var key = StableHash.Add(StableHash.Add(StableHash.Seed, unchecked((long)Seed)), purpose);
        key = StableHash.Add(StableHash.Add(StableHash.Add(key, entity), detail), ordinal);
        return new Prng(StableHash.Finish(key));
    }

    /// <summary>
    /// Buffers that live incarnations have rented, not given back and not handed to the network to be sent. 0
    /// is what a program should show that has ended all it does.
    /// </summary>
    public int LeakedLeases()
    {
        var count = 0;
        foreach (var node in _nodes.Values)
        {
            count += node.Shard?.LeakedLeases() ?? 0;
        }
        return count;
    }

    public SimulationReport Report() => new(Seed, EventCount, Trace.Hash.Value, Now, Violation);

    internal HeapHandle Push(Instant due, in SimEvent happening) =>
        _queue.Push(due > Now ? due : Now, in happening);

    /// <summary>So many ticks of 100 ns from now.</summary>
    internal Instant After(long ticks) => new(Now.Ticks + ticks);

    internal bool Remove(HeapHandle handle) => _queue.Remove(handle);

    internal int DropEventsOf(SimShard dead)
    {
        var count = _queue.RemoveOf(dead);
        DroppedEventCount += count;
        return count;
    }

    internal void CountRefusedEffect() => RefusedEffectCount++;

    private void AdvanceTo(Instant due)
    {
        if (due > Now)
        {
            Now = due;
            _eventsAtThisInstant = 0;
        }
        if (++_eventsAtThisInstant > Options.EventsPerInstantMax)
        {
            var max = Options.EventsPerInstantMax;
            Fail($"time goes on: no more than {max} events happen at once", NodeId.None);
        }
    }

    private void Execute(in SimEvent next)
    {
        try
        {
            next.Work.Run(next.Token);
        }
        catch (Exception error)
        {
            Error = Violation is null ? error : Error;
            var prefix = error is InvariantException ? "" : "no exception escapes: ";
            Fail(prefix + error.Message, next.Shard?.Id.Node ?? NodeId.None);
        }
    }
}
