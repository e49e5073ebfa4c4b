using System.Collections.Generic;
using System.Linq;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log;

/// <summary>What a log makes of the files that it finds when it is opened.</summary>
public sealed class OpeningTests
{
    [Theory]
    [InlineData("leader-epoch-checkpoint.tmp")]
    [InlineData("00000000000000000002.index.tmp")]
    [InlineData("00000000000000000099.index")]
    [InlineData("00000000000000000099.timeindex")]
    [InlineData("00000000000000000099.txnindex")]
    public void What_a_crash_has_left_half_done_is_taken_away(string name)
    {
        var bench = WithSegments();
        var before = bench.Device.FilePaths();
        bench.Create($"t-0/{name}", [1, 2, 3]);
        bench.Reopen();

        Assert.Null(bench.Log.OfflineReason);
        Assert.Equal(before, bench.Device.FilePaths());
    }

    [Fact]
    public void A_segment_that_is_missing_without_a_trace_takes_the_log_offline()
    {
        var bench = WithSegments();
        var bases = Bases(bench);
        foreach (var path in bench.Device.FilePaths().Where(path => path.Contains($"{bases[2]:D20}")))
        {
            bench.Delete(path);
        }
        bench.Reopen();

        Assert.Contains(
            $"{bases[1]:D20}.log in data ends at offset {bases[2]}, "
                + $"but the segment after it begins at {bases[3]}",
            bench.Log.OfflineReason);
    }

    [Fact]
    public void A_segment_that_begins_within_another_takes_the_log_offline()
    {
        var bench = WithSegments();
        var bases = Bases(bench);
        bench.Create($"t-0/{bases[2] - 1:D20}.log", []);
        bench.Reopen();

        Assert.Contains(
            $"ends at offset {bases[2]}, but the segment after it begins at {bases[2] - 1}",
            bench.Log.OfflineReason);
    }

    /// <summary>Without one every start reads the batches behind the last there is.</summary>
    [Fact]
    public void A_log_that_was_opened_without_a_snapshot_of_its_end_has_one_after_a_clean_stop()
    {
        var snapshot = $"t-0/{2:D20}.snapshot";
        var bench = new LogBench(1) { Opening = new LogOpening { IsClean = true } };
        bench.AppendAndWait("a");
        bench.AppendAndWait("b");
        bench.Wait(bench.Log.Flush());
        bench.Delete(snapshot);
        bench.Reopen();
        Assert.Equal(bench.Log.EndOffset, bench.Log.RecoveryPoint);
        Assert.True(bench.Wait(bench.Log.Flush()));

        Assert.Contains(snapshot, bench.Device.FilePaths());
    }

    /// <summary>A log of more than four segments.</summary>
    private static LogBench WithSegments()
    {
        var bench = new LogBench(1, new LogSettings(400, 120, SyncBeforeAcknowledge: true));
        for (var i = 0; i < 30; i++)
        {
            bench.AppendAndWait("a");
        }
        Assert.True(Bases(bench).Count > 4);
        return bench;
    }

    private static List<long> Bases(LogBench bench) => bench.Device.FilePaths()
        .Where(static path => path.EndsWith(".log"))
        .Select(static path => long.Parse(path[4..^4])).ToList();
}
