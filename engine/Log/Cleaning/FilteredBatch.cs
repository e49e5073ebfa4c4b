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

    /// <summary>Why it is unreadable.</summary>
    public string? Problem { get; init; }

    public static FilteredBatch Unreadable(string problem) =>
        new() { Kind = FilteredKind.Unreadable, Problem = problem };
}
