using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>One batch as its log must give it back.</summary>
/// <param name="BaseOffset">Of its first record when it was appended.</param>
/// <param name="EndOffset">Behind its last one then.</param>
/// <param name="Epoch">Of the leader that gave it its offsets.</param>
/// <param name="Stamp">Its producer; null for one without idempotence.</param>
/// <param name="Marker">What it ends; null for data, and for a marker that compaction has emptied.</param>
/// <param name="Records">In order of offset; compaction may leave any of them, or none.</param>
/// <param name="Bytes">Byte for byte, offsets and epoch included.</param>
public sealed record ModelBatch(
    Offset BaseOffset,
    Offset EndOffset,
    LeaderEpoch Epoch,
    ModelStamp? Stamp,
    ModelMarker? Marker,
    IReadOnlyList<ModelEntry> Records,
    ReadOnlyMemory<byte> Bytes)
{
    /// <summary>It is, or was, a marker.</summary>
    public bool IsControl { get; init; } = Marker is not null;

    /// <summary>In milliseconds, as the header says; it outlives the records.</summary>
    public long MaxTimestampMs { get; init; } =
        Records.Count == 0 ? -1 : Records.Max(static record => record.TimestampMs);

    /// <summary>When its tombstones, or its marker, may go; null until compaction has met it.</summary>
    public long? HorizonMs { get; init; }

    /// <summary>Data of a transaction.</summary>
    public bool IsTransactionData => Stamp is { IsTransactional: true } && !IsControl;

    public bool IsOf(ProducerId id) => Stamp?.Id == id;
}
