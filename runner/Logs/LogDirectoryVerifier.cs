using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Runner.Logs;

/// <summary>
/// Inspects every partition of a log directory, and the directory's own checkpoints against their ends.
/// </summary>
internal sealed class LogDirectoryVerifier(string directory, FindingList findings)
{
    private readonly SortedDictionary<string, Offset> _ends = new(StringComparer.Ordinal);

    public int PartitionCount { get; private set; }

    public int SegmentCount { get; private set; }

    public long BatchCount { get; private set; }

    /// <summary>Whether a directory has partitions in it, or the file that says whose it is.</summary>
    public static bool IsOne(string path) => Directory.Exists(path)
        && (File.Exists(Path.Combine(path, "meta.properties"))
            || Directory.EnumerateDirectories(path).Any(PartitionFolder.IsOne));

    /// <summary>All of a log directory.</summary>
    public void Run()
    {
        foreach (var path in Directory.GetDirectories(directory).Order(StringComparer.Ordinal))
        {
            RunPartition(path);
        }
        foreach (var path in Directory.GetFiles(directory).Order(StringComparer.Ordinal))
        {
            if (LogFileName.Of(path).Kind == LogFileKind.OffsetCheckpoint)
            {
                CheckOffsets(path);
            }
        }
    }

    /// <summary>One partition's directory.</summary>
    public void RunPartition(string path)
    {
        try
        {
            if (PartitionFolder.IsOne(path))
            {
                Verify(path);
            }
            else
            {
                findings.Note(Path.GetFileName(path), "is no partition's directory");
            }
        }
        catch (Exception refusal) when (PartitionFolder.IsRefusal(refusal))
        {
            findings.Problem(Path.GetFileName(path), $"cannot be read: {refusal.Message}");
        }
    }

    private void Verify(string path)
    {
        var folder = new PartitionFolder(path);
        var verifier = new PartitionVerifier(folder, findings);
        verifier.Run();
        PartitionCount++;
        SegmentCount += folder.Segments.Count;
        BatchCount += verifier.BatchCount;
        _ends[folder.Name] = verifier.EndOffset;
    }

    /// <summary>
    /// No checkpoint lies beyond a log's end, unless a crash has cut the log since or batches come in now.
    /// </summary>
    private void CheckOffsets(string path)
    {
        var name = Path.GetFileName(path);
        var bytes = PieceReader.ReadWhole(path);
        var text = bytes is null ? "" : Encoding.UTF8.GetString(bytes);
        if (text.Length == 0)
        {
            return;    // Kafka makes it empty
        }
        if (OffsetCheckpoint.TryParse(text) is not { } offsets)
        {
            findings.Problem(name, "is no checkpoint of offsets");
            return;
        }
        var isStopped = PartitionFolder.IsStoppedCleanly(directory);
        foreach (var (partition, offset) in offsets)
        {
            var isKnown = _ends.TryGetValue(partition.ToString(), out var end);
            if (!isKnown && offset > Offset.Zero)
            {
                findings.Tell(!isStopped, name, $"{partition} has offset {offset} and no directory");
            }
            else if (isKnown && offset > end)
            {
                findings.Tell(
                    !isStopped, name, $"{partition} has offset {offset}, beyond the log's end {end}");
            }
        }
    }
}
