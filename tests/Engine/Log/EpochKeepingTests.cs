using System.Collections.Generic;
using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log;

/// <summary>The leader epochs of a log, in memory and in leader-epoch-checkpoint.</summary>
public sealed class EpochKeepingTests
{
    [Fact]
    public void A_recovery_point_passes_no_epoch_that_the_checkpoint_does_not_know()
    {
        var bench = WithEpochs(0, 3);
        bench.Wait(bench.Log.Flush());

        Assert.Equal("0\n2\n0 0\n3 1\n", Checkpoint(bench));
        bench.Append(RecordBatchOptions.Default, 4, "c");
        bench.Wait(bench.Log.Flush());
        Assert.Equal("0\n3\n0 0\n3 1\n4 2\n", Checkpoint(bench));
    }

    /// <summary>One that begins at the log's end would pass for one that was won there.</summary>
    [Theory]
    [InlineData(CrashKind.Process)]
    [InlineData(CrashKind.PowerCut)]
    public void An_epoch_whose_records_were_cut_off_does_not_come_back(CrashKind kind)
    {
        var bench = WithEpochs(0, 3);
        bench.Wait(bench.Log.Flush());
        Assert.Equal(IoStatus.Ok, bench.Wait(bench.Log.TruncateTo(new Offset(1))));
        bench.Crash(kind);

        Assert.Equal([new EpochStart(new LeaderEpoch(0), Offset.Zero)], bench.Log.Epochs.Starts);
        Assert.Equal(1, bench.Log.EndOffset.Value);
    }

    [Fact]
    public void Epochs_of_deleted_records_go_and_the_one_that_covers_the_start_begins_there()
    {
        var bench = WithEpochs(0, 3, 3, 5);
        bench.Log.AdvanceStart(new Offset(2));

        var left = bench.Log.Epochs.Starts.Select(static one => (one.Epoch.Value, one.Start.Value));
        Assert.Equal<IEnumerable<(int, long)>>([(3, 2), (5, 3)], left);
    }

    /// <summary>One record of each.</summary>
    private static LogBench WithEpochs(params int[] epochs)
    {
        var bench = new LogBench(1);
        foreach (var epoch in epochs)
        {
            bench.Append(RecordBatchOptions.Default, epoch, "a");
        }
        bench.Settle();
        return bench;
    }

    private static string Checkpoint(LogBench bench) =>
        Encoding.UTF8.GetString(bench.Device.Contents("t-0/leader-epoch-checkpoint")!);
}
