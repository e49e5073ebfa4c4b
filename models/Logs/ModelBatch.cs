using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>One batch as its log must give it back.</summary>
/// <param name="BaseOffset">Of its first record.</param>
/// <param name="EndOffset">Behind its last one.</param>
/// <param name="Epoch">Of the leader that gave it its offsets.</param>
/// <param name="Stamp">Its producer; null for one without idempotence.</param>
/// <param name="Marker">What it ends; null for data.</param>
/// <param name="TimestampsMs">Of its records, in order of offset; at least one.</param>
/// <param name="Bytes">Byte for byte, offsets and epoch included.</param>
public sealed record ModelBatch(
    Offset BaseOffset,
    Offset EndOffset,
    LeaderEpoch Epoch,
    ModelStamp? Stamp,
    ModelMarker? Marker,
    IReadOnlyList<long> TimestampsMs,
    ReadOnlyMemory<byte> Bytes)
{
    /// <summary>In milliseconds.</summary>
    public long MaxTimestampMs => TimestampsMs.Max();

    public bool Holds(Offset offset) => offset >= BaseOffset && offset < EndOffset;
}
