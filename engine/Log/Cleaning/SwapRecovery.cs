using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What an opening log does about files that an interrupted compaction, or an interrupted deletion, has left:
/// decided from the names alone and the ends of the segments to be swapped in. Afterwards only live files are
/// left, and they are the old content or the new. Being interrupted itself, any number of times, it comes to
/// the same.
/// </summary>
/// <remarks>
/// Kafka's rules (LogLoader), so that each can open what the other has left:
/// <code>
/// X.deleted                      deleted
/// X.cleaned                      deleted: nothing depends on it yet
/// X.swap at or above the lowest  deleted: it was not committed. Kafka renames the log before its indexes,
///   base with a .cleaned file      this engine after them, and splits several at once (KAFKA-6264)
/// any other BASE.log.swap        the live segments with a base in [BASE, its end) are deleted, then it is
///                                  renamed, then its indexes
/// any other X.swap               is renamed: of its segment the log has been already
/// </code>
/// A segment of this engine ends where those it replaces did, so its end says what it replaces. One of
/// Kafka's may end earlier: then the later ones stay as they were, which is no less right, because they hold
/// everything that they held.
/// </remarks>
public static class SwapRecovery
{
    /// <summary>The segments to be swapped in whose end <see cref="Plan"/> has to know, by base.</summary>
    public static List<Offset> SwapsToRead(IReadOnlyList<string> names)
    {
        var files = FilesOf(names);
        var lowestCleaned = LowestCleaned(files);
        var bases = new List<Offset>();
        foreach (var file in files)
        {
            if (IsCommitted(file, lowestCleaned) && file.Kind == PartitionFileKind.Log)
            {
                bases.Add(file.Base);
            }
        }
        return bases;
    }

    /// <param name="names">All names in the directory, in ordinal order.</param>
    /// <param name="swapEnds">
    /// For each of <see cref="SwapsToRead"/> where its last batch ends; its base if it has none.
    /// </param>
    public static List<FileOperation> Plan(
        IReadOnlyList<string> names, SortedDictionary<Offset, Offset> swapEnds)
    {
        var files = FilesOf(names);
        var lowestCleaned = LowestCleaned(files);
        var steps = new List<FileOperation>();

        // Without the .cleaned files a log would look committed: it goes first, and its indexes next.
        foreach (var file in files)
        {
            if (file.Stage == PartitionFileStage.Swap
                && file.Kind == PartitionFileKind.Log
                && !IsCommitted(file, lowestCleaned))
            {
                steps.Add(FileOperation.Delete(file));
            }
        }
        SyncIfAny(steps, 0);
        AddDeletes(steps, files, PartitionFileStage.Swap, lowestCleaned);
        AddDeletes(steps, files, PartitionFileStage.Deleted, lowestCleaned);
        AddDeletes(steps, files, PartitionFileStage.Cleaned, lowestCleaned);
        AddReplaced(steps, files, swapEnds);
        AddRenames(steps, files, lowestCleaned, isOfLogs: true);
        AddRenames(steps, files, lowestCleaned, isOfLogs: false);
        return steps;
    }

    private static void AddDeletes(
        List<FileOperation> steps, List<PartitionFile> files, PartitionFileStage stage, Offset? lowestCleaned)
    {
        var first = steps.Count;
        foreach (var file in files)
        {
            var isLogOfSwap = stage == PartitionFileStage.Swap && file.Kind == PartitionFileKind.Log;
            if (file.Stage == stage && !isLogOfSwap && !IsCommitted(file, lowestCleaned))
            {
                steps.Add(FileOperation.Delete(file));
            }
        }
        SyncIfAny(steps, first);
    }

    private static void AddReplaced(
        List<FileOperation> steps, List<PartitionFile> files, SortedDictionary<Offset, Offset> swapEnds)
    {
        var first = steps.Count;
        foreach (var (swapBase, swapEnd) in swapEnds)
        {
            foreach (var file in files)
            {
                var isReplaced = file.Base == swapBase || (file.Base > swapBase && file.Base < swapEnd);
                if (file.Stage == PartitionFileStage.Live
                    && file.Kind != PartitionFileKind.Snapshot
                    && isReplaced)
                {
                    steps.Add(FileOperation.Delete(file));
                }
            }
        }
        SyncIfAny(steps, first);
    }

    private static void AddRenames(
        List<FileOperation> steps, List<PartitionFile> files, Offset? lowestCleaned, bool isOfLogs)
    {
        foreach (var file in files)
        {
            if (IsCommitted(file, lowestCleaned) && file.Kind == PartitionFileKind.Log == isOfLogs)
            {
                steps.Add(FileOperation.Move(file, PartitionFileStage.Live));
            }
        }
    }

    /// <summary>Each stage is durable before the next begins, which may rely on it.</summary>
    private static void SyncIfAny(List<FileOperation> steps, int first)
    {
        if (steps.Count > first)
        {
            steps.Add(FileOperation.SyncNames);
        }
    }

    private static bool IsCommitted(in PartitionFile file, Offset? lowestCleaned) =>
        file.Stage == PartitionFileStage.Swap && !(file.Base >= lowestCleaned);

    private static Offset? LowestCleaned(List<PartitionFile> files)
    {
        Offset? lowest = null;
        foreach (var file in files)
        {
            if (file.Stage == PartitionFileStage.Cleaned && !(file.Base >= lowest))
            {
                lowest = file.Base;
            }
        }
        return lowest;
    }

    private static List<PartitionFile> FilesOf(IReadOnlyList<string> names)
    {
        var files = new List<PartitionFile>();
        foreach (var name in names)
        {
            if (PartitionFile.TryParse(name, out var file))
            {
                files.Add(file);
            }
        }
        return files;
    }
}
