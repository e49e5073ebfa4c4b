using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What opening a log has found out about it so far.</summary>
internal sealed class LogState(Offset startOffset)
{
    /// <summary>First offset that is not deleted.</summary>
    public Offset StartOffset { get; set; } = startOffset;

    /// <summary>Next offset.</summary>
    public Offset EndOffset { get; set; }

    public LeaderEpochs Epochs { get; set; } = new();

    /// <summary>What the checkpoint file has of them.</summary>
    public IReadOnlyList<EpochStart> SavedEpochs { get; set; } = [];

    public ProducerStates Producers { get; set; } = new();

    /// <summary>Everything below is on the disk for good.</summary>
    public Offset RecoveryPoint { get; set; }

    /// <summary>Of the active segment's first batch; -1 when it has none.</summary>
    public long FirstTimestampMs { get; set; } = -1;

    /// <summary>Bytes cut off behind the last sound batch.</summary>
    public long DroppedBytes { get; set; }

    /// <summary>Why the log cannot be used; null when it can.</summary>
    public string? OfflineReason { get; set; }
}
