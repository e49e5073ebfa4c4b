using Testbed.Compression;

namespace Testbed.Log;

/// <summary>What <see cref="BatchFilter"/> has made of a batch.</summary>
public readonly record struct FilteredBatch
{
    public required FilteredKind Kind { get; init; }

    /// <summary>The new batch, where there is one: the caller's to release.</summary>
    public LeasedBytes Bytes { get; init; }

    /// <summary>Records that have gone.</summary>
    public int RemovedCount { get; init; }

    /// <summary>Latest record of what is left, or the append time; -1 when none has a time.</summary>
    public long MaxTimestampMs { get; init; }

    /// <summary>Why it is unreadable: Damaged or Uncleanable; Cleaned otherwise.</summary>
    public CleanStatus Status { get; init; }

    /// <summary>The same in words; null otherwise.</summary>
    public string? Problem { get; init; }

    internal static FilteredBatch Unreadable(CleanFailure failure) =>
        new() { Kind = FilteredKind.Unreadable, Status = failure.Status, Problem = failure.Reason };
}
