using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// What is done with names in a log directory: rename, delete, list. Holds no state; runs on the disk's
/// thread but for the checks of paths. The engine makes its paths itself: one that leads out of its log
/// directory, or to the host's own lock file, is a broken invariant.
/// </summary>
internal sealed class DirectoryNames(FileDisk disk, string root, bool portable)
{
    /// <summary>The system's name of a file or directory below the log directory.</summary>
    public string Of(string path)
    {
        var isInside = IsInside(path);
        Invariant.Assert(isInside);
        return Path.Combine(root, path);
    }

    /// <summary>"" is the log directory itself.</summary>
    public string OfDirectory(string path) => path.Length == 0 ? root : Of(path);

    public IoResult Rename(string from, string to) => Try($"rename {from} to {to}", () =>
    {
        if (Directory.Exists(Of(from)))
        {
            Directory.Move(Of(from), Of(to));
        }
        else
        {
            File.Move(Of(from), Of(to), overwrite: true);
        }
        SyncNamesIn(ParentOf(to));
        if (ParentOf(from) != ParentOf(to))
        {
            SyncNamesIn(ParentOf(from));
        }
    });

    public IoResult Delete(string path) => Try($"delete {path}", () =>
    {
        if (Directory.Exists(Of(path)))
        {
            Directory.Delete(Of(path));
        }
        else if (File.Exists(Of(path)))
        {
            File.Delete(Of(path));
        }
        else
        {
            throw new FileNotFoundException();
        }
    });

    public IoResult CreateDirectory(string path) =>
        Try($"create directory {path}", () => Directory.CreateDirectory(OfDirectory(path)));

    public IoResult SyncDirectory(string path) => Try($"sync directory {path}", () => SyncNamesIn(path));

    public Listing List(string path)
    {
        try
        {
            var entries = new SortedDictionary<string, (long Size, long ModifiedMs)>(StringComparer.Ordinal);
            foreach (var entry in new DirectoryInfo(OfDirectory(path)).EnumerateFileSystemInfos())
            {
                if (path.Length > 0 || entry.Name != DirectoryLock.FileName)
                {
                    entries.Add(
                        entry is DirectoryInfo ? entry.Name + "/" : entry.Name,
                        entry is FileInfo { Exists: true } file ? (file.Length, ModifiedMs(file)) : (0, 0));
                }
            }
            return new Listing(
                IoStatus.Ok,
                [.. entries.Keys],
                [.. entries.Values.Select(static entry => entry.Size)],
                [.. entries.Values.Select(static entry => entry.ModifiedMs)]);
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            return new Listing(disk.Failed($"list {path}", error), [], [], []);
        }
    }

    private static long ModifiedMs(FileInfo file) =>
        new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds();

    private IoResult Try(string what, Action act)
    {
        try
        {
            act();
            return new IoResult(IoStatus.Ok);
        }
        catch (Exception error) when (DiskFailures.IsFailure(error))
        {
            return new IoResult(disk.Failed(what, error));
        }
    }

    /// <summary>
    /// Only Linux is asked: elsewhere .NET cannot open a directory, and the file system's journal has to do.
    /// </summary>
    private void SyncNamesIn(string path)
    {
        if (!portable)
        {
            LinuxFiles.SyncDirectory(OfDirectory(path));
        }
        else if (!Directory.Exists(OfDirectory(path)))
        {
            throw new DirectoryNotFoundException();
        }
    }

    private static string ParentOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "" : path[..slash];
    }

    private static bool IsInside(string path)
    {
        if (path.AsSpan().ContainsAny('\0', '\\') || path == DirectoryLock.FileName)
        {
            return false;
        }
        foreach (var part in path.Split('/'))
        {
            if (part is "" or "." or ".." || Path.IsPathRooted(part))
            {
                return false;
            }
        }
        return true;
    }
}
