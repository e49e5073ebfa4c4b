using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Tests.Engine.Log.Cleaning;

namespace Testbed.Tests.Interop;

/// <summary>Our compaction of a log that Kafka wrote, on a simulated disk.</summary>
internal sealed class OurCompaction : ISegmentSwapper
{
    private const string Folder = "t-0";
    private const int AbortedEntryBytes = 34;

    private readonly World _world = new(seed: 1);
    private readonly SegmentFolder _before;
    private IShard _shard = null!;

    private OurCompaction(SegmentFolder before)
    {
        _before = before;
        _world.AddNode(new NodeId(1), shard => _shard = shard);
        _world.RunForMs(1);
        Wait(Disk.CreateDirectory(Folder));
        foreach (var (name, content) in before.Files)
        {
            var file = Wait(Disk.Open($"{Folder}/{name}", OpenMode.CreateEmpty)).File!;
            Wait(Disk.Write(file, 0, [content]));
            Disk.Close(file);
        }
    }

    private IDisk Disk => _shard.Disks[0];

    /// <summary>What the log's files are afterwards.</summary>
    public static SegmentFolder Of(SegmentFolder before, long firstDirty, long nowMs, CleanSettings settings)
    {
        var compaction = new OurCompaction(before);
        compaction.Run(firstDirty, nowMs, settings);
        var after = new SegmentFolder();
        var device = compaction._world.Node(new NodeId(1)).Disks[0];
        foreach (var name in compaction.Wait(compaction.Disk.List(Folder)).Names)
        {
            if (!name.EndsWith(".deleted", StringComparison.Ordinal))
            {
                after.Files[name] = device.Contents($"{Folder}/{name}")!;
            }
        }
        return after;
    }

    public bool TryClaim(IReadOnlyList<Offset> oldBases) => true;

    public EngineTask<IoStatus> Replace(IReadOnlyList<Offset> oldBases, CleanedSegment cleaned) =>
        FileOperations.Run(Disk, Folder, SegmentSwap.Complete(oldBases, cleaned));

    private void Run(long firstDirty, long nowMs, CleanSettings settings)
    {
        var bases = _before.Bases;
        var sources = bases.Select((segmentBase, index) => Source(
            segmentBase, index + 1 < bases.Count ? bases[index + 1] : long.MaxValue)).ToList();
        var task = new CleanTask
        {
            Sources = sources[..^1],
            AbortedBeyond = sources[^1].Aborted,
            FirstDirty = new Offset(firstDirty),
            Bound = new Offset(bases[^1]),
            Producers = new LiveProducers(LiveProducersOf()),
            Removal = new RemovalRule(nowMs, new Offset(long.MaxValue)),
        };
        var cleaner = new LogCleaner(_shard, Disk, Folder, new TopicPartition("t", 0), settings, this);
        var outcome = Wait(cleaner.Run(task));
        if (outcome.Status != CleanStatus.Cleaned)
        {
            throw new InvalidDataException(outcome.Reason);
        }
    }

    private CleanSource Source(long segmentBase, long end)
    {
        var name = new PartitionFile(new Offset(segmentBase), default, default).Name;
        var file = Wait(Disk.Open($"{Folder}/{name}", OpenMode.Existing)).File!;
        var aborted = _before.Content(segmentBase, ".txnindex").Chunk(AbortedEntryBytes).Select(Aborted);
        return new CleanSource(
            new Offset(segmentBase), new Offset(end), file, (int)file.Length, -1, [.. aborted])
        {
            IndexBytes = _before.Content(segmentBase, ".index").Length,
            TimeIndexBytes = _before.Content(segmentBase, ".timeindex").Length,
        };
    }

    private static AbortedTransaction Aborted(byte[] entry) => new(
        new ProducerId(BinaryPrimitives.ReadInt64BigEndian(entry.AsSpan(2))),
        new Offset(BinaryPrimitives.ReadInt64BigEndian(entry.AsSpan(10))),
        new Offset(BinaryPrimitives.ReadInt64BigEndian(entry.AsSpan(18))),
        new Offset(BinaryPrimitives.ReadInt64BigEndian(entry.AsSpan(26))));

    /// <summary>
    /// The producers as a broker knows them: by their last data batch, or by a marker with a newer epoch.
    /// </summary>
    private List<LiveProducer> LiveProducersOf()
    {
        var live = new SortedDictionary<long, LiveProducer>();
        var log = _before.Bases.SelectMany(one => TestBatch.ReadAll(_before.Content(one, ".log")));
        foreach (var batch in log)
        {
            var id = new ProducerId(batch.Producer);
            if (!batch.IsControl && batch.Producer >= 0)
            {
                live[batch.Producer] = new LiveProducer(id, batch.ProducerEpoch, new Offset(batch.Last));
            }
            else if (batch.IsControl
                && (!live.TryGetValue(batch.Producer, out var known) || known.Epoch < batch.ProducerEpoch))
            {
                live[batch.Producer] = new LiveProducer(id, batch.ProducerEpoch, Offset.None);
            }
        }
        return [.. live.Values];
    }

    private T Wait<T>(EngineTask<T> task)
    {
        _world.RunWhile(() => !task.IsCompleted, _world.Now.PlusMs(600_000));
        return task.GetAwaiter().GetResult();
    }

    private T Wait<T>(EngineOp<T> operation)
    {
        _world.RunWhile(() => !operation.IsCompleted, _world.Now.PlusMs(600_000));
        return operation.Result;
    }
}
