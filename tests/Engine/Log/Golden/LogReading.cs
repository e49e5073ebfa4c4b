using System.Collections.Generic;
using Testbed.Log;

namespace Testbed.Tests.Engine.Log.Golden;

/// <summary>All that an opened log says about itself through its public door.</summary>
public sealed record LogReading
{
    public required string? OfflineReason { get; init; }

    public required long Start { get; init; }

    public required long End { get; init; }

    public required long LastStable { get; init; }

    public required IReadOnlyList<EpochStart> Epochs { get; init; }

    /// <summary>The file of the producers' state.</summary>
    public required byte[] Producers { get; init; }

    /// <summary>Every batch from the start on, as a reader gets them piece by piece.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>For each asked-for time, the record found.</summary>
    public required IReadOnlyList<TimestampedOffset?> Found { get; init; }

    public required TimestampedOffset? Latest { get; init; }
}
