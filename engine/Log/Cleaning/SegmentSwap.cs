using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The steps by which a cleaned segment takes the place of others. At any point a restart finds the old
/// content or the new, whatever of it a power cut has left; see <see cref="SwapRecovery"/>.
/// </summary>
/// <remarks>
/// <code>
/// written     BASE.log.cleaned and its indexes, synced, names synced         old
/// Commit      indexes .cleaned -> .swap                                      old
///             .log.cleaned -> .log.swap                                      new from here on
/// Complete    every old file -> .deleted                                     new
///             .log.swap -> .log, indexes likewise                            new
/// </code>
/// The log comes last when it commits and first when it completes: recovery takes a `.log.swap` for proof
/// that the rest of its files is there, and deletes live files in its range for as long as it sees one.
/// </remarks>
public static class SegmentSwap
{
    /// <summary>From `.cleaned` to `.swap`; the last step is the one that counts.</summary>
    public static List<FileOperation> Commit(CleanedSegment cleaned)
    {
        var steps = new List<FileOperation>();
        foreach (var kind in FilesOf(cleaned))
        {
            if (kind != PartitionFileKind.Log)
            {
                steps.Add(Move(cleaned.Base, kind, PartitionFileStage.Cleaned, PartitionFileStage.Swap));
            }
        }
        steps.Add(Move(
            cleaned.Base, PartitionFileKind.Log, PartitionFileStage.Cleaned, PartitionFileStage.Swap));
        return steps;
    }

    /// <summary>From `.swap` to the name in use, after the old files have got out of the way.</summary>
    public static List<FileOperation> Complete(IReadOnlyList<Offset> oldBases, CleanedSegment cleaned)
    {
        var steps = new List<FileOperation>();
        foreach (var oldBase in oldBases)
        {
            foreach (var kind in PartitionFile.SegmentKinds)
            {
                var old = new PartitionFile(oldBase, kind, PartitionFileStage.Live);
                steps.Add(FileOperation.Move(old, PartitionFileStage.Deleted, mayBeMissing: true));
            }
        }
        foreach (var kind in FilesOf(cleaned))
        {
            steps.Add(Move(cleaned.Base, kind, PartitionFileStage.Swap, PartitionFileStage.Live));
        }
        return steps;
    }

    private static List<PartitionFileKind> FilesOf(CleanedSegment cleaned)
    {
        var kinds = new List<PartitionFileKind>();
        foreach (var kind in PartitionFile.SegmentKinds)
        {
            if (kind != PartitionFileKind.TransactionIndex || cleaned.Aborted.Count > 0)
            {
                kinds.Add(kind);
            }
        }
        return kinds;
    }

    private static FileOperation Move(
        Offset baseOffset, PartitionFileKind kind, PartitionFileStage from, PartitionFileStage to) =>
        FileOperation.Move(new PartitionFile(baseOffset, kind, from), to);
}
