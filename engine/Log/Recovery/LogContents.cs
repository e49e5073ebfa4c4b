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
        var indexes = new List<(string Name, Offset Base)>();
        var leftovers = new List<string>();
        for (var i = 0; i < listing.Names.Count; i++)
        {
            var name = listing.Names[i];
            if (LogFileNames.TryParseSegment(name, out var baseOffset))
            {
                Segments.Add((baseOffset, listing.Sizes[i], listing.ModifiedMs[i]));
            }
            else if (LogFileNames.TryParse(name, LogFileNames.SnapshotSuffix, out var at))
            {
                Snapshots.Add(at);
            }
            else if (name.EndsWith(AtomicFile.TemporarySuffix, StringComparison.Ordinal))
            {
                leftovers.Add(name);
            }
            else if (PartitionFile.TryParse(name, out var file) && file.Stage == PartitionFileStage.Live)
            {
                indexes.Add((name, file.Base));
            }
        }
        var bases = new SortedSet<Offset>(Segments.Select(static segment => segment.BaseOffset));
        foreach (var (name, baseOffset) in indexes.Where(index => !bases.Contains(index.Base)))
        {
            if (IsLost(baseOffset))
            {
                return $"{Describe(baseOffset)} is missing, although {name} and later segments are there; "
                    + "put it back";
            }
            leftovers.Add(name);
        }
        foreach (var name in leftovers)
        {
            await disk.Delete($"{directory}/{name}");
        }
        var (_, text) = await AtomicText.Read(disk, $"{directory}/{LeaderEpochCheckpoint.FileName}");
        Epochs = text is null ? null : LeaderEpochCheckpoint.TryParse(text, out _);
        return null;
    }

    /// <summary>
    /// A segment is deleted with its indexes, and only at either end of a log that has no gaps: one that has
    /// left its index between others was lost.
    /// </summary>
    private bool IsLost(Offset baseOffset) =>
        Segments.Count > 0
        && baseOffset > Segments[0].BaseOffset
        && baseOffset < Segments[^1].BaseOffset
        && !mayHaveGap(baseOffset);

    /// <summary>Kafka's name of a file, and its log directory's, for messages.</summary>
    public string Describe(Offset baseOffset) =>
        $"file {directory}/{LogFileNames.Segment(baseOffset)} in {disk.Name}";
}
