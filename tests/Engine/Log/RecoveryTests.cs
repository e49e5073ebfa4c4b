using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log;

public sealed class RecoveryTests
{
    [Theory]
    [InlineData(CrashKind.Process)]
    [InlineData(CrashKind.PowerCut)]
    public void What_was_written_with_sync_is_there_after_any_crash(CrashKind kind)
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var bench = new LogBench(seed, new LogSettings(600, 120, SyncBeforeAcknowledge: true));
            for (var i = 0; i < 12; i++)
            {
                bench.AppendAndWait($"value-{i}");
            }
            bench.Crash(kind);

            Assert.Null(bench.Log.OfflineReason);
            Assert.Equal(12, bench.Log.EndOffset.Value);
            Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i}:value-{i}"), ReadAll(bench));
        }
    }

    [Fact]
    public void A_power_cut_in_the_middle_of_a_write_leaves_a_prefix_that_has_all_that_was_synced()
    {
        var ends = new SortedSet<long>();
        for (ulong seed = 1; seed <= 150; seed++)
        {
            var bench = new LogBench(seed);
            bench.AppendAndWait("kept-0", "kept-1");
            for (var i = 0; i < 8; i++)
            {
                bench.Append($"lost-{i}-{new string('x', 300)}");
            }
            bench.World.RunUntil(new Instant(bench.World.Now.Ticks + (long)(seed * 100)));
            bench.Crash(CrashKind.PowerCut);

            Assert.Null(bench.Log.OfflineReason);
            var read = ReadAll(bench);
            Assert.Equal(["0:kept-0", "1:kept-1"], read.Take(2));
            Assert.Equal(bench.Log.EndOffset.Value, read.Count);
            ends.Add(bench.Log.EndOffset.Value);
        }
        Assert.Contains(2L, ends);
        Assert.True(ends.Count > 2, $"only logs of these lengths were seen: {string.Join(", ", ends)}");
    }

    [Fact]
    public void A_torn_tail_is_cut_and_the_log_goes_on_behind_the_last_sound_batch()
    {
        var wasCut = false;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var bench = new LogBench(seed, LogSettings.Default);
            bench.AppendAndWait("first");
            for (var i = 0; i < 6; i++)
            {
                bench.AppendAndWait(new string('y', 700));
            }
            bench.Crash(CrashKind.PowerCut);
            var end = bench.Log.EndOffset.Value;
            bench.AppendAndWait("after");

            Assert.Equal($"{end}:after", bench.Read(end)[0]);
            wasCut |= bench.World.Trace.Marks.ContainsKey("torn-tail-cut");
        }
        Assert.True(wasCut);
    }

    [Fact]
    public void Recovering_twice_comes_to_the_same_log()
    {
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var bench = new LogBench(seed, LogSettings.Default);
            for (var i = 0; i < 10; i++)
            {
                bench.AppendAndWait(new string('z', 400));
            }
            bench.Crash(CrashKind.PowerCut);
            var once = ReadAll(bench);
            bench.Crash(CrashKind.PowerCut);

            Assert.Equal(once, ReadAll(bench));
        }
    }

    [Fact]
    public void A_flipped_bit_before_the_last_segment_takes_the_log_offline_with_a_reason()
    {
        var bench = new LogBench(1, new LogSettings(200, 120, SyncBeforeAcknowledge: true));
        for (var i = 0; i < 6; i++)
        {
            bench.AppendAndWait($"value-{i}");
        }
        var opened = bench.Wait(bench.Shard.Disks[0].Open("t-0/00000000000000000000.log", OpenMode.Existing));
        bench.Wait(bench.Shard.Disks[0].Write(opened.File!, 70, [new byte[] { 0xFF }]));
        bench.Crash(CrashKind.Process);

        Assert.Contains("00000000000000000000.log", bench.Log.OfflineReason);
        Assert.Contains("damaged", bench.Log.OfflineReason);
    }

    [Fact]
    public void Producers_and_epochs_are_what_the_log_says()
    {
        var bench = new LogBench(1);
        var producer = new RecordBatchOptions { ProducerId = 7, ProducerEpoch = 1, BaseSequence = 0 };
        bench.Append(producer, 0, "a", "b");
        bench.Append(producer with { BaseSequence = 2 }, 3, "c");
        bench.Settle();
        var before = bench.Log.Epochs.Starts.ToList();
        bench.Crash(CrashKind.PowerCut);

        Assert.Equal(before, bench.Log.Epochs.Starts);
        var again = bench.Log.Producers.CanAppend(new SequencedBatch(new ProducerId(7), 1, 2, 2));
        Assert.Equal(SequenceVerdictKind.Duplicate, again.Kind);
        Assert.Equal(2, again.Known.BaseOffset.Value);
    }

    private static List<string> ReadAll(LogBench bench)
    {
        var all = new List<string>();
        while (all.Count < bench.Log.WrittenEnd.Value)
        {
            all.AddRange(bench.Read(all.Count));
        }
        return all;
    }
}
