using System;
using System.Runtime.InteropServices;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>A file system in memory of a few MiB, mounted for one test.</summary>
internal sealed partial class SmallFileSystem : IDisposable
{
    private const ulong RemountReadOnly = 0x20 | 0x01;    // MS_REMOUNT, MS_RDONLY

    private readonly string _path;

    private SmallFileSystem(string path) => _path = path;

    /// <summary>Null where this user may not mount.</summary>
    public static SmallFileSystem? TryMount(string path, int sizeMib) =>
        OperatingSystem.IsLinux() && Mount("tmpfs", path, "tmpfs", 0, $"size={sizeMib}m") == 0
            ? new SmallFileSystem(path)
            : null;

    /// <summary>As the kernel does with a file system that it has found damaged.</summary>
    public void BecomeReadOnly() => Assert.Equal(0, Mount("tmpfs", _path, "tmpfs", RemountReadOnly, null));

    public void Dispose() => Assert.Equal(0, Unmount(_path));

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string? options);

    [LibraryImport("libc", EntryPoint = "umount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target);
}
