using System;
using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>A file system of 256 KiB in memory, mounted for one test.</summary>
internal sealed class SmallFileSystem : IDisposable
{
    private readonly TempDirectory _directory = new();

    public SmallFileSystem() =>
        Invariant.Assert(NativeCalls.Mount("tmpfs", _directory.Path, "tmpfs", 0, "size=256k") == 0);

    public string Path => _directory.Path;

    public void Dispose()
    {
        NativeCalls.Unmount(_directory.Path);
        _directory.Dispose();
    }
}
