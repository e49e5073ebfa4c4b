using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What has come of a cleaning.</summary>
public sealed record CleanOutcome
{
    public required CleanStatus Status { get; init; }

    /// <summary>Where the dirty part begins from now on: the new checkpoint. Only when cleaned.</summary>
    public Offset CleanedEnd { get; init; } = Offset.None;

    /// <summary>What the disk said when it failed; Ok otherwise. No space or descriptors may pass.</summary>
    public IoStatus Io { get; init; }

    /// <summary>For people; null when cleaned.</summary>
    public string? Reason { get; init; }

    /// <summary>Batches of the segments that were replaced.</summary>
    public long BytesBefore { get; init; }

    /// <summary>Batches of the segments that replaced them.</summary>
    public long BytesAfter { get; init; }

    public long RecordsRemoved { get; init; }

    public long TombstonesRemoved { get; init; }

    public long MarkersRemoved { get; init; }
}
