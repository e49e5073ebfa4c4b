using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// A machine with a process on it: what outlives the process (disks, host name, date) and at most one live
/// incarnation.
/// </summary>
public sealed class SimNode : IWork
{
    private const int FirstEphemeralPort = 32_768;
    private const int EphemeralPortCount = 28_232;

    private readonly World _world;
    private readonly Action<IShard> _boot;
    private readonly List<SimDisk> _disks = [];
    private readonly NodeClock _dateClock;
    private readonly long _driftPpm;
    private int _portsTaken;

    internal SimNode(World world, NodeId id, Action<IShard> boot, NodeOptions options)
    {
        _world = world;
        _boot = boot;
        Id = id;
        Host = options.Host.Length > 0 ? options.Host : $"n{id}";
        var chance = world.Stream("node-clock", id.Value);
        var offsetMs = chance.Between(-world.Options.WallOffsetMsMax, world.Options.WallOffsetMsMax);
        var driftPpm = chance.Between(-world.Options.DriftPpmMax, world.Options.DriftPpmMax);
        WallOffsetMs = options.WallOffsetMs ?? offsetMs;
        _driftPpm = options.DriftPpm ?? driftPpm;
        _dateClock = new NodeClock(default, _driftPpm);
        Invariant.Assert(options.DiskNames.Count > 0);
        for (var index = 0; index < options.DiskNames.Count; index++)
        {
            _disks.Add(new SimDisk(world, this, index, options.DiskNames[index]));
        }
    }

    public NodeId Id { get; }

    public string Host { get; }

    /// <summary>One per log directory. They keep their contents from one incarnation to the next.</summary>
    public IReadOnlyList<SimDisk> Disks => _disks;

    /// <summary>The live incarnation; null while the node is down.</summary>
    public SimShard? Shard { get; private set; }

    /// <summary>How many incarnations there have been.</summary>
    public int Incarnation { get; private set; }

    /// <summary>
    /// False from a power cut to the next start: then nothing answers on the network, not even a refusal.
    /// </summary>
    public bool IsMachineUp { get; private set; } = true;

    /// <summary>
    /// How far the date is off, in milliseconds. Setting it makes the date jump; the monotonic clock does
    /// not.
    /// </summary>
    public long WallOffsetMs { get; set; }

    /// <summary>The date on this machine, in milliseconds since 1970.</summary>
    public long WallMs =>
        _world.Options.StartWallMs + WallOffsetMs + _dateClock.LocalAt(_world.Now).Ticks / Instant.TicksPerMs;

    /// <summary>
    /// Times the machine lost power: what its kernel knew of connections is gone with each.
    /// </summary>
    internal int PowerCuts { get; private set; }

    /// <summary>The boot of an incarnation; the token is its number.</summary>
    public void Run(long token)
    {
        Invariant.Assert(Shard is not null && Shard.Incarnation == token);
        _boot(Shard);
    }

    internal void Start()
    {
        Invariant.Assert(Shard is null);
        IsMachineUp = true;
        Incarnation++;
        Shard = new SimShard(_world, this, new NodeClock(_world.Now, _driftPpm), Incarnation);
        _world.Trace.Fact(Id, new NodeStarted(Incarnation));
        _world.Push(_world.Now, new SimEvent(Shard, this, Incarnation, SimEventKind.Boot));
    }

    internal void Crash(CrashKind kind)
    {
        Invariant.Assert(IsMachineUp && (Shard is not null || kind == CrashKind.PowerCut));
        var dead = Shard;
        Shard = null;
        IsMachineUp = kind == CrashKind.Process;
        PowerCuts += kind == CrashKind.PowerCut ? 1 : 0;
        var droppedCount = dead is null ? 0 : dead.Die(kind);
        foreach (var disk in _disks)
        {
            disk.Crash(kind);
        }
        _world.Trace.Fact(Id, new NodeCrashed(dead?.Incarnation ?? 0, kind, droppedCount));
    }

    internal int TakeEphemeralPort() => FirstEphemeralPort + _portsTaken++ % EphemeralPortCount;
}
