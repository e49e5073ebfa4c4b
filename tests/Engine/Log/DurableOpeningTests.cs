using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Tests.Engine.Node;
using Xunit;

namespace Testbed.Tests.Engine.Log;

/// <summary>A log with sync promises nothing of what it finds before that is synced.</summary>
public sealed class DurableOpeningTests
{
    private const string Path = "t-0/00000000000000000000.log";

    [Fact]
    public void A_batch_that_a_killed_process_left_unsynced_outlives_a_power_cut_once_it_can_be_read()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var bench = new LogBench(seed);
            bench.AppendAndWait("synced");
            bench.Append("left behind");
            RunWhile(bench, () => Contents(bench).Length == bench.Device.DurableLength(Path));
            bench.Crash(CrashKind.Process);
            var readable = bench.Log.WrittenEnd;
            bench.Crash(CrashKind.PowerCut);

            Assert.Null(bench.Log.OfflineReason);
            Assert.True(bench.Log.EndOffset >= readable, $"seed {seed}: {readable} could be read before");
        }
    }

    [Fact]
    public void A_segment_whose_making_was_interrupted_keeps_its_name_through_a_power_cut()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            var bench = new LogBench(seed);
            bench.Append("never written");
            RunWhile(bench, () => bench.Device.FilePaths().Count == 0);
            bench.Crash(CrashKind.Process);
            bench.AppendAndWait("synced");
            bench.Crash(CrashKind.PowerCut);

            Assert.Null(bench.Log.OfflineReason);
            Assert.True(bench.Log.EndOffset == new Offset(1), $"seed {seed}: ends at {bench.Log.EndOffset}");
        }
    }

    [Theory]
    [InlineData(DiskRequestKind.Sync)]
    [InlineData(DiskRequestKind.SyncDirectory)]
    public void A_log_that_cannot_be_synced_when_it_is_opened_is_offline(DiskRequestKind kind)
    {
        var bench = new LogBench(1);
        bench.AppendAndWait("a");
        bench.Device.Faults = new FailingRequests(kind);
        bench.Reopen();

        Assert.Contains("cannot be synced", bench.Log.OfflineReason);
    }

    /// <summary>A truncation lowers the recovery point before it cuts.</summary>
    [Theory]
    [InlineData(0, false, true)]
    [InlineData(1, false, false)]
    [InlineData(0, true, false)]
    public void A_log_without_sync_waits_for_one_where_it_may_have_been_cut(
        long recoveryPoint, bool isClean, bool isSynced)
    {
        var bench = new LogBench(1, LogSettings.Default);
        bench.AppendAndWait("a");
        bench.Device.Faults = new FailingRequests(DiskRequestKind.Sync);
        bench.Opening = bench.Opening with { RecoveryPoint = new Offset(recoveryPoint), IsClean = isClean };
        bench.Reopen();

        Assert.Equal(isSynced, bench.Log.OfflineReason is not null);
    }

    /// <summary>Of a compacted log, whose offsets may have gaps; no checksum covers them.</summary>
    [Fact]
    public void An_offset_too_far_from_its_segments_takes_the_log_offline()
    {
        var bench = new LogBench(1, LogSettings.Default with { IsCompacted = true });
        var positions = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            positions.Add(bench.Log.EndOffset == Offset.Zero ? 0 : Contents(bench).Length);
            bench.AppendAndWait("a");
        }
        bench.Overwrite(Path, positions[1], BigEndian(2_147_482_648));
        bench.Overwrite(Path, positions[2], BigEndian(2_147_483_653));
        bench.Reopen();

        Assert.Contains("offset 2147483653, which is too far", bench.Log.OfflineReason);
    }

    /// <summary>Bytes of a compacted log that were synced, and one bit of an offset turned over.</summary>
    [Theory]
    [InlineData(0, 7, 0x20, false)]
    [InlineData(0, 7, 0x20, true)]
    [InlineData(1, 7, 0x01, true)]
    [InlineData(1, 4, 0x40, true)]
    [InlineData(2, 7, 0x20, true)]
    public void A_changed_offset_of_a_compacted_log_never_cuts_it(int batch, int at, byte bit, bool isClean)
    {
        var bench = new LogBench(1, LogSettings.Default with { IsCompacted = true });
        var positions = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            positions.Add(i == 0 ? 0 : Contents(bench).Length);
            bench.AppendAndWait("a");
        }
        Assert.True(bench.Wait(bench.Log.Flush()));
        bench.Wait(bench.Log.Close());
        var before = Contents(bench);
        var place = positions[batch] + at;
        bench.Overwrite(Path, place, (byte)(before[place] ^ bit));
        bench.Opening = bench.Opening with { IsClean = isClean, RecoveryPoint = new Offset(3) };
        bench.Device.Faults = new RefusedRequests(
            IoStatus.NotFound, static request => request.Path.EndsWith("index"));
        bench.Reopen();
        bench.Device.Faults = null;

        Assert.Equal(before.Length, Contents(bench).Length);
        Assert.NotNull(bench.Log.OfflineReason);
    }

    private static byte[] BigEndian(long offset)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, offset);
        return bytes;
    }

    private static byte[] Contents(LogBench bench) => bench.Device.Contents(Path)!;

    private static void RunWhile(LogBench bench, Func<bool> condition) =>
        Assert.True(bench.World.RunWhile(condition, bench.World.Now.PlusMs(60_000)));
}
