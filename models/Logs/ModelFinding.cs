using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>What a log says of itself when it has been opened.</summary>
/// <param name="Start">First offset that is not deleted.</param>
/// <param name="End">Next offset.</param>
/// <param name="IsEmpty">There are no batches, deleted ones neither.</param>
/// <param name="Epochs">Where leader epochs begin.</param>
public sealed record ModelFinding(
    Offset Start, Offset End, bool IsEmpty, IReadOnlyList<(LeaderEpoch Epoch, Offset Start)> Epochs)
{
    /// <summary>The base of its first segment.</summary>
    public required Offset Base { get; init; }

    /// <summary>By ascending id.</summary>
    public required IReadOnlyList<ModelKnown> Producers { get; init; }

    /// <summary>All but the active one as they are in their files.</summary>
    public required IReadOnlyList<ModelSegment> Sealed { get; init; }
}
