using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A file of a partition's directory that is named after an offset: 20 digits, what it holds, where it is in
/// its life; `00000000000000000042.index.swap`.
/// </summary>
public readonly record struct PartitionFile(Offset Base, PartitionFileKind Kind, PartitionFileStage Stage)
{
    /// <summary>The files of one segment, the log first.</summary>
    public static ReadOnlySpan<PartitionFileKind> SegmentKinds =>
    [
        PartitionFileKind.Log, PartitionFileKind.OffsetIndex, PartitionFileKind.TimeIndex,
        PartitionFileKind.TransactionIndex,
    ];

    public string Name =>
        LogFileNames.OfSegment(Base, SuffixOf(Kind) + SuffixOf(Stage));

    public PartitionFile In(PartitionFileStage stage) => this with { Stage = stage };

    /// <summary>False for a file with any other name.</summary>
    public static bool TryParse(string name, out PartitionFile file)
    {
        file = default;
        for (var stage = PartitionFileStage.Live; stage <= PartitionFileStage.Deleted; stage++)
        {
            for (var kind = PartitionFileKind.Log; kind <= PartitionFileKind.Snapshot; kind++)
            {
                if (LogFileNames.TryParse(name, SuffixOf(kind) + SuffixOf(stage), out var offset))
                {
                    file = new PartitionFile(offset, kind, stage);
                    return true;
                }
            }
        }
        return false;
    }

    private static string SuffixOf(PartitionFileKind kind) => kind switch
    {
        PartitionFileKind.Log => LogFileNames.SegmentSuffix,
        PartitionFileKind.OffsetIndex => LogFileNames.OffsetIndexSuffix,
        PartitionFileKind.TimeIndex => LogFileNames.TimeIndexSuffix,
        PartitionFileKind.TransactionIndex => LogFileNames.AbortedIndexSuffix,
        PartitionFileKind.Snapshot => LogFileNames.SnapshotSuffix,
        _ => throw new InvariantException($"{kind} is no kind of file"),
    };

    private static string SuffixOf(PartitionFileStage stage) => stage switch
    {
        PartitionFileStage.Live => "",
        PartitionFileStage.Cleaned => ".cleaned",
        PartitionFileStage.Swap => ".swap",
        PartitionFileStage.Deleted => LogFileNames.DeletedSuffix,
        _ => throw new InvariantException($"{stage} is no stage of a file"),
    };
}
