using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Engine.Log.Golden;

/// <summary>A golden partition's files on a simulated disk, to be opened.</summary>
internal sealed class GoldenBench
{
    private static readonly NodeId Node = new(1);
    private readonly World _world = new(1);
    private readonly GoldenPartition _partition;
    private IShard _shard = null!;

    public GoldenBench(GoldenPartition partition)
    {
        _partition = partition;
        _world.AddNode(Node, shard => _shard = shard);
        _world.RunForMs(1);
        Assert.True(Wait(LogWorkflows.Load(_shard.Disks[0], partition.Directory, partition.Files)));
    }

    public SimDisk Device => _world.Node(Node).Disks[0];

    public LogReading Read(
        IReadOnlyList<long> times, int pieceBytes, LogSettings settings, LogOpening opening)
    {
        var place = new LogDirectory(_shard, _shard.Disks[0], Uuid.Zero);
        var log = Wait(LogOpener.Open(
            _shard, place, _partition.Directory, _partition.Name, settings, opening));
        return Wait(LogWorkflows.Read(log, times, pieceBytes));
    }

    /// <summary>The files there are now, by name.</summary>
    public SortedDictionary<string, byte[]> Files()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in Device.FilePaths())
        {
            files.Add(path[(path.LastIndexOf('/') + 1)..], Device.Contents(path)!);
        }
        return files;
    }

    private T Wait<T>(EngineTask<T> task)
    {
        Assert.True(_world.RunWhile(() => !task.IsCompleted, _world.Now.PlusMs(600_000)));
        return task.GetAwaiter().GetResult();
    }
}
