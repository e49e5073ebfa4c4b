using System;
using System.Collections.Generic;
using System.Text;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

public class DiskTests
{
    [Fact]
    public void What_is_written_is_read_and_reads_are_short_at_the_end()
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("a");
        Assert.Equal(0, file.Length);
        bench.Wait(bench.Disk.Write(file, 0, ["hello "u8.ToArray(), "world"u8.ToArray()]));
        Assert.Equal(11, file.Length);
        bench.Write(file, 6, "there");
        var into = new byte[8];
        Assert.Equal(new IoResult(IoStatus.Ok, 8), bench.Wait(bench.Disk.Read(file, 0, into)));
        Assert.Equal("hello th", Encoding.ASCII.GetString(into));
        Assert.Equal(new IoResult(IoStatus.Ok, 3), bench.Wait(bench.Disk.Read(file, 8, into)));
        Assert.Equal("ere", Encoding.ASCII.GetString(into, 0, 3));
        Assert.Equal(new IoResult(IoStatus.Ok, 0), bench.Wait(bench.Disk.Read(file, 11, into)));
        Assert.Equal(new IoResult(IoStatus.Ok, 0), bench.Wait(bench.Disk.Read(file, 1_000, into)));
    }

    [Fact]
    public void Files_behave_like_byte_arrays_under_random_operations()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var bench = new Bench(seed);
            var chance = new Prng(seed);
            var file = bench.Open("a");
            var model = new List<byte>();
            for (var step = 0; step < 200; step++)
            {
                if (chance.Chance(1, 6))
                {
                    var length = chance.Below(model.Count + 1);
                    bench.Wait(bench.Disk.Truncate(file, length));
                    model.RemoveRange(length, model.Count - length);
                }
                else if (chance.Chance(1, 6))
                {
                    bench.Sync(file);
                }
                else
                {
                    var offset = chance.Below(model.Count + 1);
                    var bytes = new byte[chance.Below(6_000)];
                    chance.Fill(bytes);
                    bench.Write(file, offset, bytes);
                    var overlap = Math.Min(bytes.Length, model.Count - offset);
                    model.RemoveRange(offset, overlap);
                    model.InsertRange(offset, bytes);
                }
                Assert.Equal(model.Count, file.Length);
            }
            Assert.True(model.ToArray().AsSpan().SequenceEqual(bench.Device.Contents("a")), $"seed {seed}");
        }
    }

    [Fact]
    public void Operations_on_one_file_complete_in_order_and_on_different_files_in_any()
    {
        var overtaken = false;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var bench = new Bench(seed);
            var files = new[] { bench.Open("a"), bench.Open("b") };
            var order = new List<(int File, int Number)>();
            for (var number = 0; number < 20; number++)
            {
                for (var which = 0; which < 2; which++)
                {
                    var done = (which, number);
                    var file = files[which];
                    if (number % 5 == 4)
                    {
                        bench.Disk.Sync(file).Then(new Does(() => order.Add(done)), 0);
                    }
                    else
                    {
                        bench.Disk.Write(file, 0, [new byte[1_000]]).Then(new Does(() => order.Add(done)), 0);
                    }
                }
            }
            bench.World.RunForMs(60_000);
            Assert.Equal(40, order.Count);
            for (var which = 0; which < 2; which++)
            {
                var numbers = order.FindAll(done => done.File == which).ConvertAll(done => done.Number);
                Assert.Equal(20, numbers.Count);
                Assert.Equal(numbers, [.. new SortedSet<int>(numbers)]);
            }
            overtaken |= order.FindIndex(done => done == (1, 3)) < order.FindIndex(done => done == (0, 3));
        }
        Assert.True(overtaken);
    }

    [Fact]
    public void Operations_on_a_name_wait_for_those_on_its_file()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            var order = new List<string>();
            bench.Disk.Write(file, 0, [new byte[100_000]]).Then(new Does(() => order.Add("write")), 0);
            bench.Disk.Sync(file).Then(new Does(() => order.Add("sync")), 0);
            bench.Disk.Open("a", OpenMode.Existing).Then(new Does(() => order.Add("open")), 0);
            bench.Disk.Rename("a", "b").Then(new Does(() => order.Add("rename")), 0);
            bench.Disk.Truncate(file, 5).Then(new Does(() => order.Add("truncate")), 0);
            bench.Disk.Delete("a").Then(new Does(() => order.Add("delete")), 0);
            bench.World.RunForMs(10_000);
            Assert.Equal(["write", "sync", "open", "rename", "truncate", "delete"], order);
        }
    }

    [Fact]
    public void Nothing_completes_within_the_call_that_asked_for_it()
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("a");
        var now = bench.World.Now;
        var write = bench.Disk.Write(file, 0, [new byte[10]]);
        Assert.False(write.IsCompleted);
        bench.Wait(write);
        Assert.True(bench.World.Now > now);
    }

    [Fact]
    public void Names_and_directories_follow_the_rules_of_a_file_system()
    {
        var bench = new Bench(seed: 1);
        var disk = bench.Disk;
        Assert.Equal(new OpenedFile(IoStatus.NotFound, null), bench.Wait(disk.Open("a", OpenMode.Existing)));
        Assert.Equal(IoStatus.NotFound, bench.Wait(disk.Open("t-0/log", OpenMode.OpenOrCreate)).Status);
        Assert.Equal(IoStatus.Ok, bench.Wait(disk.CreateDirectory("t-0/inner")).Status);
        Assert.Equal(IoStatus.Ok, bench.Wait(disk.CreateDirectory("t-0/inner")).Status);
        bench.Write(bench.Open("t-0/log"), 0, "text");
        bench.Open("t-0-1");
        Assert.Equal(["t-0-1", "t-0/"], bench.Wait(disk.List("")).Names);
        Assert.Equal(["inner/", "log"], bench.Wait(disk.List("t-0")).Names);
        Assert.Equal(IoStatus.NotFound, bench.Wait(disk.List("t-1")).Status);
        Assert.Equal(IoStatus.Failed, bench.Wait(disk.Delete("t-0")).Status);
        Assert.Equal(IoStatus.NotFound, bench.Wait(disk.Delete("t-9")).Status);
        Assert.Equal(IoStatus.NotFound, bench.Wait(disk.Rename("t-9", "t-8")).Status);
        Assert.Equal(IoStatus.NotFound, bench.Wait(disk.Rename("t-0/log", "t-8/log")).Status);
        Assert.Equal(IoStatus.Failed, bench.Wait(disk.Rename("t-0", "t-0-1")).Status);
        Assert.Equal(IoStatus.Failed, bench.Wait(disk.Rename("t-0", "t-0/inner/t-0")).Status);
        Assert.Equal(IoStatus.Ok, bench.Wait(disk.Rename("t-0", "t-1")).Status);
        Assert.Equal(IoStatus.Ok, bench.Wait(disk.Rename("t-1/log", "t-0-1")).Status);
        Assert.Equal("text", bench.Text("t-0-1"));
        Assert.Equal(IoStatus.Ok, bench.Wait(disk.Delete("t-1/inner")).Status);
        Assert.Equal(IoStatus.Ok, bench.Wait(disk.Delete("t-1")).Status);
        Assert.Equal(["t-0-1"], bench.Wait(disk.List("")).Names);
        Assert.Equal(0, bench.Open("t-0-1", OpenMode.CreateEmpty).Length);
    }

    [Fact]
    public void An_open_file_outlives_its_name()
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("a");
        bench.Write(file, 0, "still here");
        bench.Wait(bench.Disk.Delete("a"));
        var into = new byte[10];
        Assert.Equal(10, bench.Wait(bench.Disk.Read(file, 0, into)).Count);
        Assert.Equal(0, bench.Open("a").Length);
        Assert.Equal(10, file.Length);
    }

    [Fact]
    public void Senseless_requests_are_broken_programs()
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("a");
        bench.Write(file, 0, "12345");
        Assert.Throws<InvariantException>(() => bench.Write(file, 6, "gap"));
        Assert.Throws<InvariantException>(() => bench.Wait(bench.Disk.Truncate(file, 6)));
        bench.Disk.Close(file);
        Assert.Throws<InvariantException>(() => bench.Sync(file));
        var old = bench.Open("a");
        bench.Crash(CrashKind.Process);
        Assert.Throws<InvariantException>(() => bench.Sync(old));
    }

    [Fact]
    public void Appends_may_be_queued_without_waiting()
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("a");
        _ = bench.Disk.Write(file, 0, ["one "u8.ToArray()]);
        _ = bench.Disk.Write(file, 4, ["two "u8.ToArray()]);
        Assert.Equal(IoStatus.Ok, bench.Write(file, 8, "three"));
        Assert.Equal("one two three", bench.Text("a"));
    }

    [Fact]
    public void Bytes_that_change_while_they_are_written_end_the_run()
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("log");
        var lease = bench.Shard.Buffers.Rent(100);
        lease.Span.Clear();
        _ = bench.Disk.Write(file, 0, [lease.Memory[..100]]);
        lease.Release();
        Assert.False(bench.World.RunForMs(1_000));
        Assert.Equal(
            "bytes given to a write do not change before it completes: log at 0",
            bench.World.Violation!.Invariant);
        Assert.Equal(Bench.Id, bench.World.Violation.Node);
    }

    [Fact]
    public void A_list_of_pieces_that_changes_while_it_is_written_ends_the_run()
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("log");
        var pieces = new List<ReadOnlyMemory<byte>> { new byte[10], new byte[20] };
        _ = bench.Disk.Write(file, 0, pieces);
        pieces.Clear();
        Assert.False(bench.World.RunForMs(1_000));
    }

    [Fact]
    public void Memory_is_about_the_bytes_of_the_files_and_twice_that_for_rewritten_ones()
    {
        var bench = new Bench(seed: 1);
        var file = bench.Open("a");
        for (var i = 0; i < 1_000; i++)
        {
            bench.Write(file, i * 1_000L, new byte[1_000]);
            bench.Sync(file);
        }
        Assert.InRange(bench.Device.PagedBytes(), 1_000_000, 1_010_000);
        bench.Write(file, 0, new byte[1_000_000]);
        Assert.InRange(bench.Device.PagedBytes(), 2_000_000, 2_020_000);
        bench.Sync(file);
        Assert.InRange(bench.Device.PagedBytes(), 1_000_000, 1_010_000);
    }

    [Fact]
    public void A_node_may_have_several_disks_with_contents_of_their_own()
    {
        var world = new World(seed: 1);
        IShard? shard = null;
        world.AddNode(new NodeId(1), fresh => shard = fresh, new NodeOptions { DiskNames = ["d1", "d2"] });
        world.RunForMs(1);
        Assert.Equal(["d1", "d2"], [shard!.Disks[0].Name, shard.Disks[1].Name]);
        _ = shard.Disks[1].Open("only-here", OpenMode.OpenOrCreate);
        world.RunForMs(1_000);
        Assert.Empty(world.Node(new NodeId(1)).Disks[0].FilePaths());
        Assert.Equal(["only-here"], world.Node(new NodeId(1)).Disks[1].FilePaths());
    }
}
