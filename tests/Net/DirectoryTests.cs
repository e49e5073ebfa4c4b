using System;
using System.IO;
using System.Threading.Tasks;
using Testbed.Foundation;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>Names in a log directory.</summary>
public sealed class DirectoryTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<bool> AllWorlds => Worlds.All;

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task A_file_is_renamed_over_another(bool portable) => OnDisk(portable, async disk =>
    {
        File.WriteAllText(_directory.In("new"), "new");
        File.WriteAllText(_directory.In("old"), "old");
        Assert.Equal(IoStatus.Ok, (await disk.Rename("new", "old")).Status);
        Assert.Equal("new", File.ReadAllText(_directory.In("old")));
        Assert.False(File.Exists(_directory.In("new")));
        Assert.Equal(IoStatus.NotFound, (await disk.Rename("new", "old")).Status);
        Assert.Equal(IoStatus.NotFound, (await disk.Rename("old", "no/where")).Status);
        Assert.Equal("new", File.ReadAllText(_directory.In("old")));
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task A_directory_is_renamed_to_a_free_name_only(bool portable) => OnDisk(portable, async disk =>
    {
        await disk.CreateDirectory("a/b");
        await disk.CreateDirectory("c");
        Assert.Equal(IoStatus.Ok, (await disk.Rename("a/b", "b")).Status);
        Assert.Equal(["a/", "b/", "c/"], (await disk.List("")).Names);
        Assert.Equal(IoStatus.Failed, (await disk.Rename("b", "c")).Status);
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task Files_and_empty_directories_are_deleted(bool portable) => OnDisk(portable, async disk =>
    {
        await disk.CreateDirectory("d/e");
        File.WriteAllText(_directory.In("d/f"), "");
        Assert.Equal(IoStatus.Failed, (await disk.Delete("d")).Status);
        Assert.Equal(IoStatus.Ok, (await disk.Delete("d/e")).Status);
        Assert.Equal(IoStatus.Ok, (await disk.Delete("d/f")).Status);
        Assert.Equal(IoStatus.Ok, (await disk.Delete("d")).Status);
        Assert.Equal(IoStatus.NotFound, (await disk.Delete("d")).Status);
        Assert.Equal(IoStatus.NotFound, (await disk.Delete("no/file")).Status);
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task Directories_are_made_with_their_parents(bool portable) => OnDisk(portable, async disk =>
    {
        Assert.Equal(IoStatus.Ok, (await disk.CreateDirectory("a/b/c")).Status);
        Assert.Equal(IoStatus.Ok, (await disk.CreateDirectory("a/b/c")).Status);
        Assert.Equal(IoStatus.Ok, (await disk.CreateDirectory("")).Status);
        Assert.True(Directory.Exists(_directory.In("a/b/c")));
        File.WriteAllText(_directory.In("f"), "");
        Assert.Equal(IoStatus.Failed, (await disk.CreateDirectory("f")).Status);
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task Directories_are_synced(bool portable) => OnDisk(portable, async disk =>
    {
        await disk.CreateDirectory("a");
        Assert.Equal(IoStatus.Ok, (await disk.SyncDirectory("a")).Status);
        Assert.Equal(IoStatus.Ok, (await disk.SyncDirectory("")).Status);
        Assert.Equal(IoStatus.NotFound, (await disk.SyncDirectory("b")).Status);
    });

    [Theory]
    [MemberData(nameof(AllWorlds))]
    public Task Names_are_listed_in_ordinal_order_without_lock(bool portable) =>
        OnDisk(portable, async disk =>
    {
        foreach (var name in new[] { "b", "B", "a-10", "a-9", "Z", ".hidden", "\u00e9", ".lock" })
        {
            File.WriteAllText(_directory.In(name), "");
        }
        await disk.CreateDirectory("a-1/.lock");
        var listing = await disk.List("");
        Assert.Equal(IoStatus.Ok, listing.Status);
        Assert.Equal([".hidden", "B", "Z", "a-1/", "a-10", "a-9", "b", "\u00e9"], listing.Names);
        Assert.Equal([".lock/"], (await disk.List("a-1")).Names);
        Assert.Equal(IoStatus.NotFound, (await disk.List("no")).Status);
    });

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("")]
    [InlineData(".lock")]
    [InlineData("a\0b")]
    public async Task A_path_that_leads_elsewhere_is_a_broken_invariant(string path)
    {
        await using var shard = new TestShard(portable: false, _directory.Path);
        await shard.Run(s =>
        {
            var disk = s.Disks[0];
            Assert.Throws<InvariantException>(() => disk.Open(path, OpenMode.OpenOrCreate));
            Assert.Throws<InvariantException>(() => disk.Delete(path));
            Assert.Throws<InvariantException>(() => disk.Rename(path, "a"));
            Assert.Throws<InvariantException>(() => disk.Rename("a", path));
            if (path.Length > 0)
            {
                Assert.Throws<InvariantException>(() => disk.CreateDirectory(path));
                Assert.Throws<InvariantException>(() => disk.SyncDirectory(path));
                Assert.Throws<InvariantException>(() => disk.List(path));
            }
        });
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    public void Dispose() => _directory.Dispose();

    private async Task OnDisk(bool portable, Func<IDisk, EngineTask> test)
    {
        await using var shard = new TestShard(portable, _directory.Path);
        await shard.Work(async s =>
        {
            await test(s.Disks[0]);
            return true;
        });
    }
}
