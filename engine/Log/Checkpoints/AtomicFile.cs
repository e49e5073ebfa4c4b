using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Small files that are replaced as a whole: written beside, synced, renamed over, directory synced. After a
/// crash at any point the old or the new content is there.
/// </summary>
internal static class AtomicFile
{
    public const string TemporarySuffix = ".tmp";
    private const int SizeMaxBytes = 64 * 1024 * 1024;

    public static async EngineTask<IoStatus> Write(IDisk disk, string path, ReadOnlyMemory<byte> content)
    {
        var temporary = path + TemporarySuffix;
        var opened = await disk.Open(temporary, OpenMode.CreateEmpty);
        if (opened.File is not { } file)
        {
            return opened.Status;
        }
        var done = await disk.Write(file, 0, [content]);
        if (done.IsOk)
        {
            done = await disk.Sync(file);
        }
        disk.Close(file);
        if (done.IsOk)
        {
            done = await disk.Rename(temporary, path);
        }
        return done.Status;
    }

    /// <summary>
    /// The file's bytes; null when there is none (status NotFound), or it cannot be read or is larger than
    /// any file of this kind (Failed).
    /// </summary>
    public static async EngineTask<(IoStatus Status, byte[]? Content)> Read(IDisk disk, string path)
    {
        var opened = await disk.Open(path, OpenMode.Existing);
        if (opened.File is not { } file)
        {
            return (opened.Status, null);
        }
        if (file.Length > SizeMaxBytes)
        {
            disk.Close(file);
            return (IoStatus.Failed, null);
        }
        var content = new byte[file.Length];
        var read = await disk.Read(file, 0, content);
        disk.Close(file);
        return read.IsOk && read.Count == content.Length
            ? (IoStatus.Ok, content)
            : (read.IsOk ? IoStatus.Failed : read.Status, null);
    }
}
