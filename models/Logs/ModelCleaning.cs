using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>What a compaction is told.</summary>
/// <param name="FirstDirty">Below, an earlier one has been.</param>
/// <param name="Bound">No segment changes that reaches above.</param>
/// <param name="MappedEnds">
/// It has come to one of these: its keys below are known. There are several while it has not said so.
/// </param>
/// <param name="NowMs">The wall clock when it began.</param>
/// <param name="DeleteRetentionMs">delete.retention.ms.</param>
/// <param name="RemovableBelow">Tombstones and markers at or above stay.</param>
public sealed record ModelCleaning(
    Offset FirstDirty,
    Offset Bound,
    IReadOnlyList<Offset> MappedEnds,
    long NowMs,
    long DeleteRetentionMs,
    Offset RemovableBelow)
{
    public bool MayRemove(Offset offset, long? horizonMs) =>
        horizonMs is { } over && over <= NowMs && offset < RemovableBelow;
}
