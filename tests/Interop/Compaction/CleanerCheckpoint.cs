using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>
/// How far the partitions of a log directory are cleaned, as the file of it says, which both brokers write.
/// </summary>
internal sealed class CleanerCheckpoint(string directory)
{
    private const string Name = "cleaner-offset-checkpoint";

    private static readonly TimeSpan CleaningLimit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Completes once partition 0 of the topic is cleaned up to this offset at least. Such files are renamed
    /// into place.
    /// </summary>
    public async Task Reaches(string topic, long offset)
    {
        using var limit = new CancellationTokenSource(CleaningLimit);
        using var watcher = new FileSystemWatcher(directory, Name);
        using var renamed = new SemaphoreSlim(0);
        watcher.Renamed += (_, _) => renamed.Release();
        watcher.EnableRaisingEvents = true;
        while (Of(topic) < offset)
        {
            await renamed.WaitAsync(limit.Token);
        }
    }

    private long Of(string topic)
    {
        var path = Path.Combine(directory, Name);
        var start = $"{topic} 0 ";
        var line = File.Exists(path)
            ? Array.Find(File.ReadAllLines(path), line => line.StartsWith(start, StringComparison.Ordinal))
            : null;
        return line is null ? 0 : long.Parse(line[start.Length..], CultureInfo.InvariantCulture);
    }
}
