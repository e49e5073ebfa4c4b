using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Files of a log directory.</summary>
public sealed class DiskTests : IDisposable
{
    private const int Large = 3 * 1024 * 1024;    // more than any operation on the shard's own thread
    private readonly TempDirectory _directory = new();

    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task Bytes_are_read_back_whatever_their_size(bool portable) => OnDisk(portable, async disk =>
    {
        var file = await Create(disk, "a.log");
        var expected = new MemoryStream();
        var chance = new Prng(1);
        foreach (var (size, count) in new[] { (1, 1), (1000, 2), (70_000, 6), (Large, 1), (5, 3_000) })
        {
            var pieces = new List<ReadOnlyMemory<byte>>();
            for (var i = 0; i < count; i++)
            {
                var piece = new byte[size];
                chance.Fill(piece);
                pieces.Add(piece);
                expected.Write(piece);
            }
            Assert.Equal(new IoResult(IoStatus.Ok), await disk.Write(file, file.Length, pieces));
            Assert.Equal(expected.Length, file.Length);
        }
        var all = new byte[expected.Length];
        Assert.Equal(new IoResult(IoStatus.Ok, all.Length), await disk.Read(file, 0, all));
        Assert.Equal(expected.ToArray(), all);
        Assert.Equal(expected.ToArray(), File.ReadAllBytes(_directory.In("a.log")));
        var some = new byte[100];
        Assert.Equal(new IoResult(IoStatus.Ok, 100), await disk.Read(file, 5_000, some));
        Assert.Equal(expected.ToArray()[5_000..5_100], some);
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task A_read_stops_at_the_end_of_the_file(bool portable) => OnDisk(portable, async disk =>
    {
        var file = await Create(disk, "a.log");
        await disk.Write(file, 0, [new byte[10]]);
        Assert.Equal(new IoResult(IoStatus.Ok, 4), await disk.Read(file, 6, new byte[100]));
        Assert.Equal(new IoResult(IoStatus.Ok, 4), await disk.Read(file, 6, new byte[100_000]));
        Assert.Equal(new IoResult(IoStatus.Ok, 0), await disk.Read(file, 10, new byte[5]));
        Assert.Equal(new IoResult(IoStatus.Ok, 0), await disk.Read(file, 1_000, new byte[5]));
        Assert.Equal(new IoResult(IoStatus.Ok, 0), await disk.Read(file, 0, Memory<byte>.Empty));
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task Each_way_to_open_does_what_it_says(bool portable) => OnDisk(portable, async disk =>
    {
        Assert.Equal(IoStatus.NotFound, (await disk.Open("a.log", OpenMode.Existing)).Status);
        Assert.Equal(IoStatus.NotFound, (await disk.Open("no/a.log", OpenMode.OpenOrCreate)).Status);
        var made = (await disk.Open("a.log", OpenMode.OpenOrCreate)).File!;
        await disk.Write(made, 0, [new byte[7]]);
        var kept = (await disk.Open("a.log", OpenMode.OpenOrCreate)).File!;
        Assert.Equal((7, "a.log"), (kept.Length, kept.Path));
        Assert.Equal(7, (await disk.Open("a.log", OpenMode.Existing)).File!.Length);
        Assert.Equal(0, (await disk.Open("a.log", OpenMode.CreateEmpty)).File!.Length);
        await disk.CreateDirectory("d");
        Assert.Equal(IoStatus.Failed, (await disk.Open("d", OpenMode.Existing)).Status);
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task Operations_on_one_file_complete_in_the_order_they_were_asked_for(bool portable) =>
        OnDisk(portable, async disk =>
        {
            var file = await Create(disk, "a.log");
            var order = new List<long>();
            var note = new Note(order);
            var into = new byte[Large + 12];
            disk.Write(file, 0, [new byte[6]]).Then(note, 0);                   // on the shard's thread
            disk.Sync(file).Then(note, 1);                                      // on the disk's from here on
            disk.Write(file, 6, [new byte[] { 1, 2, 3, 4, 5, 6 }]).Then(note, 2);
            disk.Write(file, 12, [new byte[Large]]).Then(note, 3);
            disk.Read(file, 0, into).Then(note, 4);
            disk.Truncate(file, 9).Then(note, 5);
            var last = disk.Read(file, 0, new byte[20]);
            Assert.Empty(order);
            Assert.Equal(6, file.Length);
            Assert.Equal(new IoResult(IoStatus.Ok, 9), await last);
            Assert.Equal([0, 1, 2, 3, 4, 5], order);
            Assert.Equal(9, file.Length);
            Assert.Equal([0, 1, 2, 3, 4, 5, 6, 0], into[5..13]);
            Assert.True((await disk.Write(file, 9, [new byte[1]])).IsOk);
            Assert.Equal(10, file.Length);
        });

    [Fact]
    public Task A_small_write_or_read_of_an_idle_file_is_done_at_once_and_told_later() =>
        OnDisk(false, async (shard, disk) =>
        {
            var file = await Create(disk, "a.log");
            var order = new List<long>();
            var write = disk.Write(file, 0, [new byte[1000]]);
            Assert.True(write.IsCompleted);
            write.Then(new Note(order), 7);
            Assert.Empty(order);
            Assert.True(disk.Read(file, 0, new byte[1000]).IsCompleted);
            Assert.False(disk.Write(file, 1000, [new byte[Large]]).IsCompleted);
            Assert.False(disk.Write(file, 1000 + Large, [new byte[1]]).IsCompleted);
            await shard.Delay(0);
            Assert.Equal([7], order);
        });

    [Fact]
    public Task A_slow_operation_sends_the_next_ones_to_the_disks_thread() => OnDisk(false, async disk =>
    {
        var file = await Create(disk, "a.log");
        Assert.True(disk.Write(file, 0, new SlowPieces()).IsCompleted);
        var next = disk.Write(file, 6, [new byte[1]]);
        Assert.False(next.IsCompleted);
        Assert.True((await next).IsOk);
        Assert.False(disk.Read(file, 0, new byte[1]).IsCompleted);
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task Closing_waits_for_what_was_asked_for(bool portable) => OnDisk(portable, async disk =>
    {
        var file = await Create(disk, "a.log");
        var write = disk.Write(file, 0, [new byte[Large]]);
        var sync = disk.Sync(file);
        disk.Close(file);
        Assert.True((await write).IsOk);
        Assert.True((await sync).IsOk);
        Assert.Equal(Large, new FileInfo(_directory.In("a.log")).Length);
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_stopping_shard_finishes_its_writes(bool portable)
    {
        await using (var shard = new TestShard(portable, _directory.Path))
        {
            await shard.Work(async s =>
            {
                var file = await Create(s.Disks[0], "a.log");
                for (var i = 0; i < 10; i++)
                {
                    _ = s.Disks[0].Write(file, (long)i * Large, [new byte[Large]]);
                }
                return true;
            });
        }
        Assert.Equal(10L * Large, new FileInfo(_directory.In("a.log")).Length);
    }

    public void Dispose() => _directory.Dispose();

    private static async EngineTask<IFile> Create(IDisk disk, string path) =>
        (await disk.Open(path, OpenMode.CreateEmpty)).File!;

    private Task OnDisk(bool portable, Func<IDisk, EngineTask> test) =>
        OnDisk(portable, (_, disk) => test(disk));

    private async Task OnDisk(bool portable, Func<IShard, IDisk, EngineTask> test)
    {
        await using var shard = new TestShard(portable, _directory.Path);
        await shard.Work(async s =>
        {
            await test(s, s.Disks[0]);
            return true;
        });
    }

    private sealed class Note(List<long> order) : IWork
    {
        public void Run(long token) => order.Add(token);
    }
}
