using System;
using System.Text;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Small text files that are replaced as a whole: written beside, synced, renamed over, directory synced.
/// After a crash at any point the old or the new content is there.
/// </summary>
public static class AtomicText
{
    private const string TemporarySuffix = ".tmp";
    private const int SizeMaxBytes = 16 * 1024 * 1024;

    public static async EngineTask<IoStatus> Write(IDisk disk, string path, string text)
    {
        var temporary = path + TemporarySuffix;
        var opened = await disk.Open(temporary, OpenMode.CreateEmpty);
        if (opened.File is not { } file)
        {
            return opened.Status;
        }
        var done = await disk.Write(file, 0, [Encoding.UTF8.GetBytes(text)]);
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

    /// <summary>The file's text; null when there is none (status NotFound) or it cannot be read.</summary>
    public static async EngineTask<(IoStatus Status, string? Text)> Read(IDisk disk, string path)
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
        var bytes = new byte[file.Length];
        var read = await disk.Read(file, 0, bytes);
        disk.Close(file);
        return read.IsOk
            ? (IoStatus.Ok, Encoding.UTF8.GetString(bytes.AsSpan(0, read.Count)))
            : (read.Status, null);
    }
}
