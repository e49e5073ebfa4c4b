using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Testbed.Tests.Shared;

/// <summary>A file system in memory, mounted for one test.</summary>
internal sealed partial class SmallFileSystem : IDisposable
{
    private const ulong RemountReadOnly = 0x20 | 0x01;    // MS_REMOUNT, MS_RDONLY

    private readonly string _path;

    private SmallFileSystem(string path) => _path = path;

    /// <summary>Why this user has none; null where one can be had.</summary>
    public static string? Problem { get; } =
        CanMount() ? null : "needs the right to mount a small file system";

    /// <summary>Over a directory that is there.</summary>
    public static SmallFileSystem Over(string path, int sizeKib) =>
        TryMount(path, sizeKib) ?? throw new IOException($"nothing can be mounted over {path}");

    /// <summary>As the kernel does with a file system that it has found damaged.</summary>
    public void BecomeReadOnly() => Check(Mount("tmpfs", _path, "tmpfs", RemountReadOnly, null));

    public void Dispose() => Check(Unmount(_path));

    private static SmallFileSystem? TryMount(string path, int sizeKib) =>
        Mount("tmpfs", path, "tmpfs", 0, $"size={sizeKib}k") == 0 ? new SmallFileSystem(path) : null;

    private static bool CanMount()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }
        var folder = Directory.CreateTempSubdirectory("testbed-mount-");
        var trial = TryMount(folder.FullName, 64);
        trial?.Dispose();
        folder.Delete();
        return trial is not null;
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new IOException("mount(2) or umount(2) fails");
        }
    }

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string? options);

    [LibraryImport("libc", EntryPoint = "umount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target);
}
