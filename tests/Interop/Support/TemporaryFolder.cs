using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;

namespace Testbed.Tests.Interop;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const UnixFileMode OwnersOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path { get; } = Directory.CreateTempSubdirectory("testbed-interop-").FullName;

    public string Inside(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>
    /// Every folder, and every file with a hash of its bytes, below a folder: equal before and after when
    /// nothing changed.
    /// </summary>
    public static IReadOnlyList<string> Listing(string folder)
    {
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories);
        return entries.Select(entry => Line(folder, entry)).Order(StringComparer.Ordinal).ToList();
    }

    public void Dispose()
    {
        // Tests take permissions away; what may not be written may not be removed either.
        foreach (var folder in Directory.GetDirectories(Path, "*", SearchOption.AllDirectories).Prepend(Path))
        {
            File.SetUnixFileMode(folder, OwnersOnly);
        }
        Directory.Delete(Path, recursive: true);
    }

    private static string Line(string folder, FileSystemInfo entry)
    {
        var name = System.IO.Path.GetRelativePath(folder, entry.FullName);
        return entry is FileInfo file
            ? $"{name} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName)))}"
            : name + "/";
    }
}
