using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>Segments on a simulated disk, and a log that does no more than swap them.</summary>
internal sealed class CleanBench : ISegmentSwapper
{
    public const string Directory = "t-0";
    public static readonly TopicPartition Name = new("t", 0);
    private static readonly NodeId Node = new(1);

    private readonly SortedDictionary<long, List<AbortedTransaction>> _segments = [];    // by base

    public CleanBench(ulong seed = 1)
    {
        World = new World(seed);
        World.AddNode(Node, shard => Shard = shard);
        World.RunForMs(1);
        Wait(Disk.CreateDirectory(Directory));
        Wait(Disk.SyncDirectory(""));
    }

    public World World { get; }

    public IShard Shard { get; private set; } = null!;

    public IDisk Disk => Shard.Disks[0];

    public SimDisk Device => World.Node(Node).Disks[0];

    public CleanSettings Settings { get; set; } = CleanSettings.Default with
    {
        SegmentBytes = 1000,
        IndexIntervalBytes = 100,
        DeleteRetentionMs = 1000,
    };

    /// <summary>What the log answers when cleaning is about to replace segments.</summary>
    public Func<bool> MayReplace { get; set; } = () => true;

    /// <summary>Called when segments have been replaced.</summary>
    public Action AfterSwap { get; set; } = () => { };

    /// <summary>The segments that have been swapped in, oldest swap first.</summary>
    public List<CleanedSegment> Swapped { get; } = [];

    public LogCleaner Cleaner { get; private set; } = null!;

    /// <summary>What the indexes of all segments say.</summary>
    public IReadOnlyList<AbortedTransaction> Aborted => [.. _segments.Values.SelectMany(one => one)];

    public IReadOnlyList<long> Bases => [.. _segments.Keys];

    /// <summary>Adds the batches of a script that are not there yet.</summary>
    public void Take(LogScript script)
    {
        for (var i = 0; i < script.Bases.Count; i++)
        {
            var segmentBase = script.Bases[i];
            if (!_segments.ContainsKey(segmentBase) && segmentBase >= KnownEnd())
            {
                Add(segmentBase, [.. script.Segments[i].SelectMany(batch => batch)], script.Aborted[i]);
            }
        }
    }

    public void Add(long segmentBase, byte[] content, List<AbortedTransaction> aborted)
    {
        var path = PathOf(segmentBase);
        var file = Wait(Disk.Open(path, OpenMode.CreateEmpty)).File!;
        Wait(Disk.Write(file, 0, [content]));
        Wait(Disk.Sync(file));
        Disk.Close(file);
        Wait(Disk.SyncDirectory(Directory));
        _segments[segmentBase] = aborted;
    }

    /// <summary>Forgets the newest segment, to be added again with what was appended to it.</summary>
    public void ForgetActive() => _segments.Remove(_segments.Keys.Last());

    public byte[] Contents(long segmentBase) => Device.Contents(PathOf(segmentBase))!;

    /// <summary>All batches of all segments.</summary>
    public List<TestBatch> Read() => [.. _segments.Keys.SelectMany(
        segmentBase => TestBatch.ReadAll(Contents(segmentBase)))];

    /// <summary>Runs one cleaning to its end.</summary>
    public CleanOutcome Clean(
        long firstDirty, long bound, RemovalRule removal, IReadOnlyList<LiveProducer>? live = null) =>
        Wait(Begin(firstDirty, bound, removal, live));

    public EngineTask<CleanOutcome> Begin(
        long firstDirty, long bound, RemovalRule removal, IReadOnlyList<LiveProducer>? live = null)
    {
        var task = new CleanTask
        {
            Sources = [.. _segments.Keys.Where(segmentBase => segmentBase < bound).Select(SourceOf)],
            AbortedBeyond = [.. _segments.Where(one => one.Key >= bound).SelectMany(one => one.Value)],
            FirstDirty = new Offset(firstDirty),
            Bound = new Offset(bound),
            Producers = new LiveProducers(live ?? []),
            Removal = removal,
        };
        Cleaner = new LogCleaner(Shard, Disk, Directory, Name, Settings, this);
        return Cleaner.Run(task);
    }

    public bool TryClaim(IReadOnlyList<Offset> oldBases) => MayReplace();

    public async EngineTask<IoStatus> Replace(IReadOnlyList<Offset> oldBases, CleanedSegment cleaned)
    {
        var status = await FileOperations.Run(Disk, Directory, SegmentSwap.Complete(oldBases, cleaned));
        foreach (var oldBase in oldBases)
        {
            _segments.Remove(oldBase.Value);
        }
        _segments[cleaned.Base.Value] = [.. cleaned.Aborted];
        Swapped.Add(cleaned);
        AfterSwap();
        return status;
    }

    /// <summary>The groups that cleaning up to here would make, by their bases.</summary>
    public IReadOnlyList<long> GroupBases(long bound)
    {
        var sources = _segments.Keys.Where(segmentBase => segmentBase < bound).Select(SourceOf).ToList();
        return [.. SegmentGroups.Of(sources, Settings.SegmentBytes, Settings.IndexBytes)
            .Select(group => sources[group.First].Base.Value)];
    }

    public void Crash(CrashKind kind)
    {
        World.Crash(Node, kind);
        World.Restart(Node);
        World.RunForMs(1);
    }

    public T Wait<T>(EngineTask<T> task)
    {
        if (!World.RunWhile(() => !task.IsCompleted, World.Now.PlusMs(600_000)))
        {
            throw new InvalidOperationException($"does not complete: {World.Violation}");
        }
        return task.GetAwaiter().GetResult();
    }

    public T Wait<T>(EngineOp<T> operation)
    {
        if (!World.RunWhile(() => !operation.IsCompleted, World.Now.PlusMs(600_000)))
        {
            throw new InvalidOperationException($"does not complete: {World.Violation}");
        }
        return operation.Result;
    }

    public static string PathOf(long segmentBase) =>
        $"{Directory}/{new PartitionFile(new Offset(segmentBase), default, default).Name}";

    private long KnownEnd() => _segments.Count == 0 ? 0 : Read() is { Count: > 0 } all ? all[^1].Last + 1 : 0;

    private CleanSource SourceOf(long segmentBase)
    {
        var file = Wait(Disk.Open(PathOf(segmentBase), OpenMode.Existing)).File!;
        var next = _segments.Keys.FirstOrDefault(other => other > segmentBase, long.MaxValue);
        return new CleanSource(
            new Offset(segmentBase),
            new Offset(next),
            file,
            (int)file.Length,
            MaxTimestampMs: -1,
            _segments[segmentBase]);
    }
}
