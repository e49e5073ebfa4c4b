using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

public class DiskFaultTests
{
    [Fact]
    public void A_failed_write_leaves_any_part_of_its_bytes_and_the_next_one_may_go_well()
    {
        var lengths = new SortedSet<long>();
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            bench.Device.Faults = FaultOn.Once(DiskRequestKind.Write, new DiskFault(IoStatus.Failed));
            Assert.Equal(IoStatus.Failed, bench.Write(file, 0, "0123456789"));
            Assert.StartsWith(bench.Text("a"), "0123456789");
            lengths.Add(file.Length);
            Assert.Equal(IoStatus.Ok, bench.Write(file, 0, "9876543210"));
            Assert.Equal("9876543210", bench.Text("a"));
        }
        Assert.Contains(0L, lengths);
        Assert.Contains(10L, lengths);
        Assert.True(lengths.Count > 5);
    }

    [Fact]
    public void A_write_behind_one_that_failed_fails_too_instead_of_leaving_a_gap()
    {
        var bench = new Bench(seed: 2);
        var file = bench.Open("a");
        bench.Device.Faults = FaultOn.Once(DiskRequestKind.Write, new DiskFault(IoStatus.NoSpace));
        var first = bench.Disk.Write(file, 0, ["0123456789"u8.ToArray()]);
        var second = bench.Disk.Write(file, 10, ["x"u8.ToArray()]);
        bench.Wait(second);
        Assert.Equal((IoStatus.NoSpace, IoStatus.Failed), (first.Result.Status, second.Result.Status));
        Assert.StartsWith(bench.Text("a"), "0123456789");
    }

    [Fact]
    public void A_full_disk_still_reads()
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("a");
        bench.Write(file, 0, "text");
        bench.Device.Faults = new FaultOn(DiskRequestKind.Write, new DiskFault(IoStatus.NoSpace));
        Assert.Equal(IoStatus.NoSpace, bench.Write(file, 4, "more"));
        Assert.Equal(4, bench.Wait(bench.Disk.Read(file, 0, new byte[4])).Count);
    }

    [Theory]
    [InlineData(DiskRequestKind.Open)]
    [InlineData(DiskRequestKind.Read)]
    [InlineData(DiskRequestKind.Sync)]
    [InlineData(DiskRequestKind.Truncate)]
    [InlineData(DiskRequestKind.Rename)]
    [InlineData(DiskRequestKind.Delete)]
    [InlineData(DiskRequestKind.CreateDirectory)]
    [InlineData(DiskRequestKind.SyncDirectory)]
    [InlineData(DiskRequestKind.List)]
    public void Every_kind_of_operation_can_fail_and_then_has_no_effect(DiskRequestKind kind)
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("a");
        bench.Write(file, 0, "text");
        bench.Device.Faults = FaultOn.Once(kind, new DiskFault(IoStatus.Failed));
        Assert.Equal(IoStatus.Failed, Ask(bench, file, kind));
        Assert.Equal("text", bench.Text("a"));
        Assert.Equal(["a"], bench.Wait(bench.Disk.List("")).Names);
        Assert.Equal(IoStatus.Ok, Ask(bench, file, kind));
    }

    [Fact]
    public void A_slow_operation_takes_longer_and_holds_up_its_file_only()
    {
        var bench = new Bench(seed: 1);
        var slow = bench.Open("slow");
        var quick = bench.Open("quick");
        var begun = bench.World.Now;
        bench.Device.Faults = FaultOn.Once(DiskRequestKind.Sync, new DiskFault(ExtraTicks: 50_000_000));
        var sync = bench.Disk.Sync(slow);
        var behind = bench.Disk.Write(slow, 0, [new byte[1]]);
        bench.Write(quick, 0, "x");
        Assert.False(sync.IsCompleted);
        bench.Wait(behind);
        Assert.Equal(IoStatus.Ok, sync.Result.Status);
        Assert.True(bench.World.Now.MsSince(begun) >= 5_000);
    }

    [Fact]
    public void After_a_failed_sync_a_later_one_succeeds_and_proves_nothing()
    {
        var lostCount = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            bench.SyncDirectory();
            bench.Write(file, 0, "precious");
            bench.Device.Faults = FaultOn.Once(DiskRequestKind.Sync, new DiskFault(IoStatus.Failed));
            Assert.Equal(IoStatus.Failed, bench.Sync(file));
            Assert.Equal(IoStatus.Ok, bench.Sync(file));
            Assert.Equal("precious", bench.Text("a"));
            bench.Crash(CrashKind.PowerCut);
            lostCount += bench.Text("a") == "precious" ? 0 : 1;
        }
        Assert.InRange(lostCount, 1, 39);
    }

    private static IoStatus Ask(Bench bench, IFile file, DiskRequestKind kind)
    {
        var disk = bench.Disk;
        switch (kind)
        {
            case DiskRequestKind.Open:
                return bench.Wait(disk.Open("b", OpenMode.OpenOrCreate)).Status;
            case DiskRequestKind.Read:
                return bench.Wait(disk.Read(file, 0, new byte[4])).Status;
            case DiskRequestKind.Sync:
                return bench.Sync(file);
            case DiskRequestKind.Truncate:
                return bench.Wait(disk.Truncate(file, 0)).Status;
            case DiskRequestKind.Rename:
                return bench.Wait(disk.Rename("a", "b")).Status;
            case DiskRequestKind.Delete:
                return bench.Wait(disk.Delete("a")).Status;
            case DiskRequestKind.CreateDirectory:
                return bench.Wait(disk.CreateDirectory("d")).Status;
            case DiskRequestKind.SyncDirectory:
                return bench.SyncDirectory();
            default:
                return bench.Wait(disk.List("")).Status;
        }
    }
}
