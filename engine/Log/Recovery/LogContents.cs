using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What lies in a partition's directory, once what earlier crashes have left half done is finished or taken
/// away.
/// </summary>
internal sealed class LogContents(IShard shard, IDisk disk, string directory, Predicate<Offset> mayHaveGap)
{
    /// <summary>
    /// Offset, size in bytes and time of the last change of each segment's file, ascending.
    /// </summary>
    public List<(Offset BaseOffset, long SizeBytes, long ModifiedMs)> Segments { get; } = [];

    /// <summary>Of the producers' snapshots, ascending.</summary>
    public List<Offset> Snapshots { get; } = [];

    /// <summary>Null when the file is missing or means nothing.</summary>
    public LeaderEpochs? Epochs { get; private set; }

    /// <summary>Null when all is well.</summary>
    public async EngineTask<string?> Read()
    {
        if (await SwapCompletion.Run(shard, disk, directory) is { } problem)
        {
            return problem;
        }
        var listing = await disk.List(directory);
        if (listing.Status != IoStatus.Ok)
        {
            return $"directory {directory} in {disk.Name} cannot be listed";
        }
        if (FindLoss(listing.Names) is { } loss)
        {
            return loss;
        }
        for (var i = 0; i < listing.Names.Count; i++)
        {
            if (LogFileNames.TryParseSegment(listing.Names[i], out var baseOffset))
            {
                Segments.Add((baseOffset, listing.Sizes[i], listing.ModifiedMs[i]));
            }
            else if (LogFileNames.TryParse(listing.Names[i], LogFileNames.SnapshotSuffix, out var at))
            {
                Snapshots.Add(at);
            }
            else if (IsLeftover(listing.Names, i))
            {
                await disk.Delete($"{directory}/{listing.Names[i]}");
            }
        }
        var (_, text) = await AtomicText.Read(disk, $"{directory}/{LeaderEpochCheckpoint.FileName}");
        Epochs = text is null ? null : LeaderEpochCheckpoint.TryParse(text, out _);
        return null;
    }

    /// <summary>
    /// A segment is deleted with its indexes, and only at either end of a log that has no gaps: one that has
    /// left its index between others was lost.
    /// </summary>
    private string? FindLoss(IReadOnlyList<string> names)
    {
        var bases = new List<Offset>();
        foreach (var name in names)
        {
            if (LogFileNames.TryParseSegment(name, out var baseOffset))
            {
                bases.Add(baseOffset);
            }
        }
        foreach (var name in names)
        {
            if (bases.Count > 0
                && IsOrphan(names, name, out var lost)
                && lost > bases.Min()
                && lost < bases.Max()
                && !mayHaveGap(lost))
            {
                return $"{Describe(lost)} is missing, although {name} and later segments are there; "
                    + "put it back";
            }
        }
        return null;
    }

    /// <summary>A file half written, or an index whose segment has gone.</summary>
    private static bool IsLeftover(IReadOnlyList<string> names, int index) =>
        names[index].EndsWith(AtomicFile.TemporarySuffix, StringComparison.Ordinal)
        || IsOrphan(names, names[index], out _);

    private static bool IsOrphan(IReadOnlyList<string> names, string name, out Offset baseOffset)
    {
        var isFile = PartitionFile.TryParse(name, out var file)
            && file is { Stage: PartitionFileStage.Live, Kind: not PartitionFileKind.Snapshot };
        baseOffset = file.Base;
        return isFile && !names.Contains(LogFileNames.Segment(file.Base));
    }

    /// <summary>Kafka's name of a file, and its log directory's, for messages.</summary>
    public string Describe(Offset baseOffset) =>
        $"file {directory}/{LogFileNames.Segment(baseOffset)} in {disk.Name}";
}
