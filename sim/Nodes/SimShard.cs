using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// One incarnation of a node: the outside world as the engine sees it. A crash makes it a husk: its units of
/// work are dropped, it refuses and counts every further effect, and it holds on to nothing that the engine
/// made.
/// </summary>
/// <remarks>
/// Random streams are keyed by (seed, node, incarnation, use): a restarted node draws other numbers than
/// before, as it must where the numbers are ids.
/// </remarks>
public sealed class SimShard : IShard
{
    private readonly Dictionary<string, Prng> _streams = new(StringComparer.Ordinal);
    private readonly List<IDisk> _disks = [];
    private readonly NodeClock _clock;
    private readonly SimNode _node;
    private readonly BufferPool _buffers;
    private readonly ShardNetwork _network;
    private readonly Prng _postDelay;
    private Instant _lastPostDue;    // posts keep their order: none is due before this

    internal SimShard(World world, SimNode node, NodeClock clock, int incarnation)
    {
        World = world;
        _node = node;
        _clock = clock;
        Incarnation = incarnation;
        Id = new ShardId(node.Id, 0);
        Trace = new SimTrace(this);
        _buffers = new BufferPool(world.Options.RetainedBufferBytes, poison: true);
        _network = new ShardNetwork(world.Network, node, this);
        _postDelay = world.Stream("post-delay", node.Id.Value, incarnation);
        foreach (var disk in node.Disks)
        {
            _disks.Add(new ShardDisk(this, disk));
        }
    }

    public ShardId Id { get; }

    /// <summary>Counted from 1.</summary>
    public int Incarnation { get; }

    public bool IsAlive { get; private set; } = true;

    public Instant Now => _clock.LocalAt(World.Now);

    public long WallMs => _node.WallMs;

    public INetwork Network => _network;

    public IReadOnlyList<IDisk> Disks => _disks;

    public IBuffers Buffers => _buffers;

    public ITrace Trace { get; }

    internal World World { get; }

    public Prng Random(string use)
    {
        if (!_streams.TryGetValue(use, out var stream))
        {
            var seed = StableHash.Add(StableHash.Seed, unchecked((long)World.Seed));
            seed = StableHash.Finish(StableHash.Add(seed, Incarnation));
            stream = Prng.ForUse(seed, Id.Node, use);
            _streams.Add(use, stream);
        }
        return stream;
    }

    public void Post(IWork work, long token)
    {
        if (!MayAct())
        {
            return;
        }
        var due = World.Now;
        if (World.Options.PostDelayTicksMax > 0)
        {
            due = World.After(_postDelay.Between(0, World.Options.PostDelayTicksMax));
            due = due > _lastPostDue ? due : _lastPostDue;
            _lastPostDue = due;
        }
        World.Push(due, new SimEvent(this, work, token, SimEventKind.Post));
    }

    public TimerId SetTimer(Instant due, IWork work, long token)
    {
        if (!MayAct())
        {
            return default;
        }
        var handle = World.Push(_clock.WorldAt(due), new SimEvent(this, work, token, SimEventKind.Timer));
        return new TimerId(handle.Slot, handle.Version);
    }

    public bool Cancel(TimerId timer) => MayAct() && World.Remove(new HeapHandle(timer.Slot, timer.Version));

    /// <summary>The world's time for one of this shard's deadlines.</summary>
    internal Instant WorldTimeOf(Instant local) => _clock.WorldAt(local);

    /// <summary>
    /// Asked before every effect: false, and the refusal counted, once the incarnation is dead.
    /// </summary>
    internal bool MayAct()
    {
        if (!IsAlive)
        {
            World.CountRefusedEffect();
        }
        return IsAlive;
    }

    internal int LeakedLeases() => _buffers.OutstandingCount - _network.QueuedLeases();

    /// <summary>Lets go of everything, runs nothing. Returns the number of dropped units of work.</summary>
    internal int Die(CrashKind kind)
    {
        Invariant.Assert(IsAlive);
        IsAlive = false;
        _network.Die(kind);
        return World.DropEventsOf(this);
    }
}
