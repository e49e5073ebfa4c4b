using System;
using System.Globalization;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A file of a partition's directory that is named after an offset: 20 digits, what it holds, where it is in
/// its life; `00000000000000000042.index.swap`.
/// </summary>
public readonly record struct PartitionFile(Offset Base, PartitionFileKind Kind, PartitionFileStage Stage)
{
    private const int OffsetDigits = 20;

    /// <summary>The files of one segment, the log first.</summary>
    public static ReadOnlySpan<PartitionFileKind> SegmentKinds =>
    [
        PartitionFileKind.Log, PartitionFileKind.OffsetIndex, PartitionFileKind.TimeIndex,
        PartitionFileKind.TransactionIndex,
    ];

    public string Name =>
        Base.Value.ToString("D20", CultureInfo.InvariantCulture) + SuffixOf(Kind) + SuffixOf(Stage);

    public PartitionFile In(PartitionFileStage stage) => this with { Stage = stage };

    /// <summary>False for a file with any other name.</summary>
    public static bool TryParse(string name, out PartitionFile file)
    {
        file = default;
        if (name.Length <= OffsetDigits
            || !long.TryParse(
                name.AsSpan(0, OffsetDigits),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var offset))
        {
            return false;
        }
        var suffix = name[OffsetDigits..];
        for (var stage = PartitionFileStage.Live; stage <= PartitionFileStage.Deleted; stage++)
        {
            for (var kind = PartitionFileKind.Log; kind <= PartitionFileKind.Snapshot; kind++)
            {
                if (suffix == SuffixOf(kind) + SuffixOf(stage))
                {
                    file = new PartitionFile(new Offset(offset), kind, stage);
                    return true;
                }
            }
        }
        return false;
    }

    private static string SuffixOf(PartitionFileKind kind) => kind switch
    {
        PartitionFileKind.Log => ".log",
        PartitionFileKind.OffsetIndex => ".index",
        PartitionFileKind.TimeIndex => ".timeindex",
        PartitionFileKind.TransactionIndex => ".txnindex",
        PartitionFileKind.Snapshot => ".snapshot",
        _ => throw new InvariantException($"{kind} is no kind of file"),
    };

    private static string SuffixOf(PartitionFileStage stage) => stage switch
    {
        PartitionFileStage.Live => "",
        PartitionFileStage.Cleaned => ".cleaned",
        PartitionFileStage.Swap => ".swap",
        PartitionFileStage.Deleted => ".deleted",
        _ => throw new InvariantException($"{stage} is no stage of a file"),
    };
}
