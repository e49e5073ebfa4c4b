using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log;

/// <summary>Segments that somebody needs: their files, their index files, and how many stay open.</summary>
public sealed class OpenSegmentsTests
{
    private static readonly string TimeIndex = $"t-0/{0:D20}.timeindex";

    [Fact]
    public void Of_many_segments_that_were_read_only_so_many_stay_open_and_the_last_ones()
    {
        var bench = new LogBench(1, LogSettings.Default with { SegmentBytes = 1 });
        for (var i = 0; i < Limits.IdleSegments + 20; i++)
        {
            bench.Append("a");
        }
        bench.Settle();
        var files = new List<IFile>();
        while (files.Count < bench.Log.EndOffset.Value - 1)
        {
            var from = new Offset(files.Count);
            var slice = bench.Wait(bench.Log.Read(from, from + 1, maxBytes: 1, atLeastOne: true));
            files.Add(slice.Range.File);
            slice.Release();
        }

        Assert.Equal(files.Count, files.Distinct().Count());
        Assert.All(files.SkipLast(Limits.IdleSegments), file => Assert.False(IsOpen(bench, file)));
        Assert.All(files.TakeLast(Limits.IdleSegments), file => Assert.True(IsOpen(bench, file)));
    }

    [Fact]
    public void An_aborted_transaction_is_known_as_soon_as_its_marker_is_written_and_after_a_restart()
    {
        var bench = new LogBench(1);
        var producer = new RecordBatchOptions
        {
            ProducerId = 7, ProducerEpoch = 1, BaseSequence = 0, IsTransactional = true,
        };
        bench.AppendAndWait("a");
        bench.Append(producer, 0, "b", "c");
        bench.AppendAbort(producer);
        bench.Settle();

        var known = new AbortedTransaction(new ProducerId(7), new Offset(1), new Offset(3), new Offset(4));
        Assert.Equal([known], Aborted(bench));
        bench.Wait(bench.Log.Flush());
        bench.Opening = bench.Opening with { RecoveryPoint = bench.Log.RecoveryPoint };
        bench.Crash(CrashKind.PowerCut);
        Assert.Equal([known], Aborted(bench));
    }

    /// <summary>
    /// Searches by time pass over a whole segment by its index: a part of one must not look like all.
    /// </summary>
    [Fact]
    public void An_index_that_is_made_anew_takes_the_place_of_the_damaged_one_as_a_whole()
    {
        var bench = new LogBench(1, new LogSettings(4_000, 100, SyncBeforeAcknowledge: false));
        for (var timeMs = 1; timeMs <= 60; timeMs++)
        {
            bench.Append(new string('x', timeMs));
        }
        bench.Wait(bench.Log.Flush());
        var whole = bench.Device.Contents(TimeIndex)!;
        bench.Overwrite(TimeIndex, 0, 0x7F);
        var damaged = bench.Device.Contents(TimeIndex)!;
        bench.Opening = bench.Opening with { RecoveryPoint = bench.Log.RecoveryPoint };
        bench.Reopen();
        var search = bench.Log.FindByTimestamp(1, bench.Log.WrittenEnd);
        var isOneOfBoth = true;
        while (!search.IsCompleted && bench.World.Step())
        {
            var content = bench.Device.Contents(TimeIndex);
            isOneOfBoth &= content is not null
                && (content.SequenceEqual(damaged) || content.SequenceEqual(whole));
        }

        Assert.Equal(new TimestampedOffset(Offset.Zero, 1, new LeaderEpoch(0)), bench.Wait(search).Record);
        Assert.Equal(whole, bench.Device.Contents(TimeIndex));
        Assert.True(isOneOfBoth);
    }

    private static List<AbortedTransaction> Aborted(LogBench bench) =>
        bench.Wait(bench.Log.AbortedTransactions(Offset.Zero, bench.Log.WrittenEnd))!;

    /// <summary>Nobody may read from a file that was given back.</summary>
    private static bool IsOpen(LogBench bench, IFile file)
    {
        try
        {
            return bench.Wait(bench.Shard.Disks[0].Read(file, 0, new byte[1])).IsOk;
        }
        catch (InvariantException)
        {
            return false;
        }
    }
}
