using System;
using System.IO;
using System.Threading.Tasks;
using Testbed.Net;
using Xunit;

namespace Testbed.Tests.Net;

/// <summary>One node for each log directory.</summary>
public sealed class DirectoryLockTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task A_directory_held_by_another_process_names_it_and_stays_untouched()
    {
        using var other = new ChildProcess("hold-lock", _directory.Path);
        Assert.Equal("Acquired", await other.ReadLine());
        var before = (File.GetLastWriteTimeUtc(_directory.In(".lock")), ReadOwner());
        Assert.Equal(other.Id, before.Item2);

        var refused = DirectoryLock.Acquire(_directory.Path);
        Assert.Equal((LockStatus.HeldByOther, other.Id), (refused.Status, refused.OwnerProcessId));
        Assert.Null(refused.Lock);
        Assert.Equal(before, (File.GetLastWriteTimeUtc(_directory.In(".lock")), ReadOwner()));
        Assert.Single(Directory.GetFileSystemEntries(_directory.Path));

        Assert.Equal(0, (await other.Finish()).ExitCode);
        using var taken = DirectoryLock.Acquire(_directory.Path).Lock;
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task A_killed_process_leaves_the_directory_free()
    {
        using var other = new ChildProcess("hold-lock", _directory.Path);
        Assert.Equal("Acquired", await other.ReadLine());
        await other.Kill();
        using var taken = DirectoryLock.Acquire(_directory.Path).Lock;
        Assert.NotNull(taken);
        Assert.Equal(Environment.ProcessId, ReadOwner());
    }

    [Fact]
    public void Two_nodes_of_one_process_exclude_one_another_too()
    {
        var first = DirectoryLock.Acquire(_directory.Path);
        Assert.Equal((LockStatus.Acquired, 0), (first.Status, first.OwnerProcessId));
        var second = DirectoryLock.Acquire(_directory.Path);
        Assert.Equal((LockStatus.HeldByOther, Environment.ProcessId), (second.Status, second.OwnerProcessId));
        first.Lock!.Dispose();
        using var third = DirectoryLock.Acquire(_directory.Path).Lock;
        Assert.NotNull(third);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_not_made()
    {
        var result = DirectoryLock.Acquire(_directory.In("no"));
        Assert.Equal((LockStatus.Failed, null), (result.Status, result.Lock));
        Assert.Contains("no", result.Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_directory.Path));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>As a person would look, past the lock.</summary>
    private int ReadOwner()
    {
        using var cat = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("cat", _directory.In(".lock"))
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
        return int.Parse(cat.StandardOutput.ReadToEnd());
    }
}
