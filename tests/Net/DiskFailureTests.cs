using System;
using System.IO;
using System.Threading.Tasks;
using Testbed.Foundation;
using Testbed.Net;
using Testbed.Tests.Shared;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Disks that refuse.</summary>
public sealed class DiskFailureTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<bool> AllWorlds => Worlds.All;

    /// <summary>Every write to /dev/full finds no space.</summary>
    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task A_full_disk_is_a_status_and_a_reason(bool portable)
    {
        File.CreateSymbolicLink(_directory.In("a.log"), "/dev/full");
        var trace = new CountingTrace();
        await using var shard = new TestShard(portable, _directory.Path, trace);
        await shard.Work(async s =>
        {
            var disk = s.Disks[0];
            Assert.Null(((FileDisk)disk).LastFailure);
            var file = (await disk.Open("a.log", OpenMode.Existing)).File!;
            var first = disk.Write(file, 0, [new byte[1000]]);
            Assert.Equal(IoStatus.NoSpace, (await first).Status);
            Assert.Equal(0, file.Length);
            var second = disk.Write(file, 0, [new byte[2_000_000]]);
            var behind = disk.Write(file, 2_000_000, [new byte[1]]);
            Assert.Equal(IoStatus.NoSpace, (await second).Status);
            Assert.Equal(IoStatus.NoSpace, (await behind).Status);
            Assert.Contains("write a.log at 0", ((FileDisk)disk).LastFailure!, StringComparison.Ordinal);
            Assert.Contains("space", ((FileDisk)disk).LastFailure!, StringComparison.Ordinal);
            return true;
        });
        Assert.Equal(2, trace.CountOf("disk-operation-failed"));
    }

    [MountFact]
    public async Task A_disk_that_was_full_goes_on_once_there_is_space()
    {
        using var small = SmallFileSystem.Over(_directory.Path, 256);
        await using var shard = new TestShard(portable: false, _directory.Path);
        await shard.Work(async s =>
        {
            var disk = s.Disks[0];
            var ballast = (await disk.Open("ballast", OpenMode.CreateEmpty)).File!;
            Assert.True((await disk.Write(ballast, 0, [new byte[150_000]])).IsOk);
            var file = (await disk.Open("a.log", OpenMode.CreateEmpty)).File!;
            Assert.True((await disk.Write(file, 0, [new byte[5_000]])).IsOk);

            // Part of this fits: the file gets longer than its length, and the rest of it is refused.
            Assert.Equal(IoStatus.NoSpace, (await disk.Write(file, 5_000, [new byte[300_000]])).Status);
            Assert.Equal(5_000, file.Length);
            Assert.True(new FileInfo(_directory.In("a.log")).Length > 5_000);
            Assert.Equal(new IoResult(IoStatus.Ok, 5_000), await disk.Read(file, 0, new byte[60_000]));

            disk.Close(ballast);
            Assert.True((await disk.Delete("ballast")).IsOk);
            Assert.True((await disk.Truncate(file, 5_000)).IsOk);
            Assert.True((await disk.Write(file, 5_000, [new byte[100_000]])).IsOk);
            Assert.True((await disk.Sync(file)).IsOk);
            Assert.Equal(105_000, file.Length);
            return true;
        });
    }

    /// <summary>A device that cannot be synced: fdatasync of /dev/null is refused with EINVAL.</summary>
    [Fact]
    public async Task A_failed_sync_is_final()
    {
        File.CreateSymbolicLink(_directory.In("a.log"), "/dev/null");
        await using var shard = new TestShard(portable: false, _directory.Path);
        await shard.Work(async s =>
        {
            var disk = s.Disks[0];
            var file = (await disk.Open("a.log", OpenMode.Existing)).File!;
            Assert.True((await disk.Write(file, 0, [new byte[10]])).IsOk);
            Assert.Equal(IoStatus.Failed, (await disk.Sync(file)).Status);
            Assert.Equal(IoStatus.Failed, (await disk.Sync(file)).Status);
            Assert.Equal(IoStatus.Failed, (await disk.Write(file, 10, [new byte[10]])).Status);
            Assert.Equal(IoStatus.Failed, (await disk.Truncate(file, 0)).Status);
            Assert.Contains("sync a.log", ((FileDisk)disk).LastFailure!, StringComparison.Ordinal);
            Assert.Equal(10, file.Length);
            return true;
        });
    }

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public async Task Bytes_that_have_vanished_fail_the_read(bool portable)
    {
        await using var shard = new TestShard(portable, _directory.Path);
        await shard.Work(async s =>
        {
            var disk = s.Disks[0];
            var file = (await disk.Open("a.log", OpenMode.CreateEmpty)).File!;
            await disk.Write(file, 0, [new byte[1000]]);
            _directory.CutFile("a.log", 400);
            Assert.Equal(IoStatus.Failed, (await disk.Read(file, 0, new byte[1000])).Status);
            Assert.Contains("read a.log at 400", ((FileDisk)disk).LastFailure!, StringComparison.Ordinal);
            return true;
        });
    }

    [Fact]
    public async Task Misuse_is_a_broken_invariant()
    {
        await using var shard = new TestShard(portable: false, _directory.Path);
        await shard.Work(async s =>
        {
            var disk = s.Disks[0];
            var file = (await disk.Open("a.log", OpenMode.CreateEmpty)).File!;
            Assert.Throws<InvariantException>(() => disk.Write(file, 1, [new byte[1]]));
            Assert.Throws<InvariantException>(() => disk.Write(file, -1, [new byte[1]]));
            Assert.Throws<InvariantException>(() => disk.Truncate(file, 1));
            Assert.Throws<InvariantException>(() => disk.Read(file, -1, new byte[1]));
            disk.Close(file);
            Assert.Throws<InvariantException>(() => disk.Close(file));
            Assert.Throws<InvariantException>(() => disk.Read(file, 0, new byte[1]));
            Assert.Throws<InvariantException>(() => disk.Sync(file));
            return true;
        });
    }

    public void Dispose() => _directory.Dispose();
}
