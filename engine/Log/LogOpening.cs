using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What is known about a log before it is opened, from elsewhere than its own directory.</summary>
public sealed record LogOpening
{
    /// <summary>Records below are deleted (DeleteRecords), whether or not their bytes are there.</summary>
    public Offset StartOffset { get; init; }

    /// <summary>
    /// All below was on the disk for good when this was noted; only what follows has to be examined. Means
    /// nothing after a clean stop.
    /// </summary>
    public Offset RecoveryPoint { get; init; }

    /// <summary>Offsets below may be missing: the log was compacted so far.</summary>
    public Offset CleanedEnd { get; init; }

    /// <summary>The node has stopped cleanly: everything is on the disk, nothing is torn.</summary>
    public bool IsClean { get; init; }

    /// <summary>No batch can be of a later epoch.</summary>
    public LeaderEpoch NewestEpoch { get; init; } = new(int.MaxValue);
}
