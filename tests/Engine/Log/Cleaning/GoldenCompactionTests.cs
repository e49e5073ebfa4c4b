using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Tests.Engine.Wire;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

/// <summary>Logs that Kafka has compacted.</summary>
public sealed class GoldenCompactionTests
{
    private const string Case = "logs/single-clean/data1";

    [WholeGoldenFact]
    public void What_Kafka_has_compacted_stays_byte_for_byte()
    {
        foreach (var name in new[] { "compacted-0", "compacted-tombstones-0", "compacted-deleted-0" })
        {
            var bench = Load(name, out var content);
            bench.Settings = bench.Settings with { SegmentBytes = 1 };    // every segment alone
            var outcome = Clean(bench, nowMs: 0);

            Assert.Equal(CleanStatus.Cleaned, outcome.Status);
            Assert.Empty(bench.Swapped);
            Assert.Equal(content, bench.Bases.Select(bench.Contents));
        }
    }

    [WholeGoldenFact]
    public void Merged_segments_of_Kafka_have_all_their_batches_and_right_indexes()
    {
        foreach (var name in new[] { "compacted-0", "compacted-tombstones-0", "compacted-deleted-0" })
        {
            var bench = Load(name, out var content);
            bench.Settings = bench.Settings with { SegmentBytes = 8192, IndexIntervalBytes = 512 };
            var before = bench.Read();
            Clean(bench, nowMs: 0);

            Assert.Equal(before, bench.Read());
            Assert.Equal(content.SelectMany(bytes => bytes), bench.Bases.SelectMany(bench.Contents));
            foreach (var segment in bench.Swapped)
            {
                AssertIndex(bench, segment.Base.Value);
            }
        }
        Assert.True(Load("compacted-tombstones-0", out _).Bases.Count > 2);
    }

    [WholeGoldenFact]
    public void Past_their_horizon_the_tombstones_and_markers_of_Kafka_go()
    {
        var bench = Load("compacted-tombstones-0", out _);
        bench.Settings = bench.Settings with { SegmentBytes = 1 };
        var before = bench.Read();
        var horizonMs = before.Max(batch => batch.HorizonMs)!.Value;
        var bound = bench.Bases[^1];
        var tombstones = before.Where(batch => batch.Base < bound && !batch.IsControl)
            .Sum(batch => batch.Records.Count(record => record.Value is null));
        var markers = before.Count(batch => batch.Base < bound && batch.IsMarker);
        var early = Clean(Load("compacted-tombstones-0", out _), horizonMs / 2);
        var outcome = Clean(bench, horizonMs);

        Assert.Equal((0, 0), (early.TombstonesRemoved, early.MarkersRemoved));
        Assert.True(tombstones > 10 && markers > 0);
        Assert.Equal((tombstones, markers), (outcome.TombstonesRemoved, outcome.MarkersRemoved));
        Assert.Equal(tombstones + markers, outcome.RecordsRemoved);
    }

    /// <summary>Nothing is dirty, as Kafka left it; all producers are alive.</summary>
    private static CleanOutcome Clean(CleanBench bench, long nowMs)
    {
        var bound = bench.Bases[^1];
        var removal = new RemovalRule(nowMs, new Offset(long.MaxValue));
        return bench.Clean(bound, bound, removal, LiveIn(bench.Read()));
    }

    private static List<LiveProducer> LiveIn(List<TestBatch> log)
    {
        var live = new SortedDictionary<long, LiveProducer>();
        foreach (var batch in log.Where(batch => batch.Producer >= 0))
        {
            var id = new ProducerId(batch.Producer);
            if (!batch.IsControl)
            {
                live[batch.Producer] = new LiveProducer(id, batch.ProducerEpoch, new Offset(batch.Last));
            }
            else if (!live.TryGetValue(batch.Producer, out var known) || known.Epoch < batch.ProducerEpoch)
            {
                live[batch.Producer] = new LiveProducer(id, batch.ProducerEpoch, Offset.None);
            }
        }
        return [.. live.Values];
    }

    /// <summary>Every entry of the offset index is the beginning and the last offset of a batch.</summary>
    private static void AssertIndex(CleanBench bench, long segmentBase)
    {
        var index = bench.Device.Contents(CleanBench.PathOf(segmentBase).Replace(".log", ".index"))!;
        var positions = new Dictionary<int, long>();
        var position = 0;
        var content = bench.Contents(segmentBase);
        foreach (var batch in TestBatch.ReadAll(content))
        {
            positions[position] = batch.Last;
            position += 12 + BitConverter.ToInt32([.. content[(position + 8)..(position + 12)].Reverse()]);
        }
        Assert.Equal(content.Length > 1024, index.Length > 0);
        for (var at = 0; at < index.Length; at += 8)
        {
            var relative = BitConverter.ToInt32([.. index[at..(at + 4)].Reverse()]);
            var place = BitConverter.ToInt32([.. index[(at + 4)..(at + 8)].Reverse()]);
            Assert.Equal(positions[place], segmentBase + relative);
        }
    }

    private static CleanBench Load(string name, out List<byte[]> content)
    {
        var bench = new CleanBench();
        content = [];
        var folder = Path.Combine(GoldenFiles.Folder!, Case, name);
        foreach (var path in Directory.GetFiles(folder, "*.log").Order(StringComparer.Ordinal))
        {
            content.Add(File.ReadAllBytes(path));
            bench.Add(long.Parse(Path.GetFileNameWithoutExtension(path)), content[^1], []);
        }
        return bench;
    }
}
