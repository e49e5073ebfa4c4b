using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// A disk with one log directory on it, through all incarnations of its node: page cache, durable contents
/// and the operations under way. Operations on one file, or on names of one directory, are done one after
/// another; all others at the same time.
/// </summary>
public sealed class SimDisk
{
    private readonly World _world;
    private readonly SimNode _node;
    private readonly int _index;
    private readonly Prng _chance;
    private readonly int _sectorBytes;
    private readonly List<DiskOperation> _unfinished = [];    // begun or waiting in a lane
    private long _crashes;

    internal SimDisk(World world, SimNode node, int index, string name)
    {
        _world = world;
        _node = node;
        _index = index;
        Name = name;
        _chance = world.Stream("disk", node.Id.Value, index);
        var sizes = world.Options.Disk.SectorBytes;
        _sectorBytes = sizes[_chance.Below(sizes.Count)];
        Invariant.Assert(_sectorBytes > 0 && FileNode.PageBytes % _sectorBytes == 0);
    }

    public string Name { get; }

    /// <summary>What goes wrong here; nothing when null.</summary>
    public IDiskFaults? Faults { get; set; }

    /// <summary>
    /// The disk says it has synced and has not: contents and names stay as fragile as they were. No engine
    /// keeps its promises on such a disk; it is there to show that broken ones are found.
    /// </summary>
    public bool IsSyncLying { get; set; }

    /// <summary>Operations under way or waiting.</summary>
    public int UnfinishedCount => _unfinished.Count;

    internal DiskTree Tree { get; } = new();

    /// <summary>
    /// Paths of all files as programs see them, directories depth first, names in ordinal order.
    /// </summary>
    public IReadOnlyList<string> FilePaths() => Tree.FilePaths();

    /// <summary>
    /// The contents of a file as programs see them; null when there is no such file. For oracles and tests.
    /// </summary>
    public byte[]? Contents(string path)
    {
        if (Tree.Find(path) is not FileNode file)
        {
            return null;
        }
        var bytes = new byte[file.Length];
        file.Read(0, bytes);
        return bytes;
    }

    /// <summary>How much of a file a power cut would spare at least; 0 when there is no such file.</summary>
    public long DurableLength(string path) => (Tree.Find(path) as FileNode)?.DurableLength ?? 0;

    /// <summary>Bytes of memory behind the contents of all files.</summary>
    public long PagedBytes()
    {
        var total = 0L;
        foreach (var path in Tree.FilePaths())
        {
            total += ((FileNode)Tree.Find(path)!).PagedBytes;
        }
        return total;
    }

    internal void Submit(DiskOperation operation)
    {
        _unfinished.Add(operation);
        foreach (var lane in operation.Lanes)
        {
            operation.Blockers += lane.Waiting.Count > 0 ? 1 : 0;
            lane.Waiting.Enqueue(operation);
        }
        if (operation.Blockers == 0)
        {
            Begin(operation);
        }
    }

    /// <summary>The operation's time is up.</summary>
    internal void Finish(DiskOperation operation)
    {
        var status = operation.Fault;
        if (status == IoStatus.Ok)
        {
            status = operation.Apply();
        }
        else
        {
            operation.Spoil(_chance);
        }
        _world.Trace.Operation(_node.Id, new DiskDone(operation.Request, status, operation.Crc));
        _unfinished.Remove(operation);
        operation.Complete(status);
        foreach (var lane in operation.Lanes)
        {
            lane.Waiting.Dequeue();
        }
        foreach (var lane in operation.Lanes)
        {
            if (operation.Shard.IsAlive && lane.Waiting.TryPeek(out var next) && --next.Blockers == 0)
            {
                Begin(next);
            }
        }
    }

    internal DiskFault Decide(DiskRequestKind kind, string path, long offset, int count) =>
        Faults?.Decide(new DiskRequest(_node.Id, Name, kind, path, offset, count)) ?? DiskFault.None;

    internal void Crash(CrashKind kind)
    {
        var crash = _crashes++;
        var entity = ((long)_node.Id.Value << 8) + _index;
        var chance = _world.Stream("disk-crash", entity, 0, crash);
        foreach (var operation in _unfinished)
        {
            if (operation.Blockers == 0)
            {
                operation.Interrupt(chance);
            }
            foreach (var lane in operation.Lanes)
            {
                lane.Waiting.Clear();
            }
        }
        _unfinished.Clear();
        if (kind == CrashKind.PowerCut)
        {
            Tree.PowerCut(chance, file => _world.Stream("power-cut", entity, file.Id, crash), _sectorBytes);
        }
    }

    private void Begin(DiskOperation operation)
    {
        var request = operation.Request;
        var fault = Decide(request.Kind, request.Path, request.Offset, request.Count);
        if (!operation.Shard.IsAlive)
        {
            return;    // the fault was a crash
        }
        var ticks = DelayOf(request.Kind).Sample(_chance) + fault.ExtraTicks
            + (long)request.Count * _world.Options.Disk.TicksPerKiB / 1024;
        operation.Fault = fault.Status;
        var done = new SimEvent(operation.Shard, operation, (long)request.Kind, SimEventKind.Disk);
        _world.Push(_world.After(ticks), done);
    }

    private Delay DelayOf(DiskRequestKind kind)
    {
        var options = _world.Options.Disk;
        switch (kind)
        {
            case DiskRequestKind.Read:
                return options.ReadDelay;
            case DiskRequestKind.Write:
                return options.WriteDelay;
            case DiskRequestKind.Sync:
            case DiskRequestKind.SyncDirectory:
                return options.SyncDelay;
            default:
                return options.NameDelay;
        }
    }
}
