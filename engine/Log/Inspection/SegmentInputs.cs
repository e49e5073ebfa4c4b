using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A segment to be inspected: what is known before its batches are read.</summary>
/// <param name="Name">Of its files without suffix, as findings name them.</param>
/// <param name="BaseOffset">By its name.</param>
/// <param name="SizeBytes">Of the `.log`, when it was looked at; after the indexes were read.</param>
/// <param name="IsLast">Whether no other segment follows.</param>
/// <param name="OffsetIndex">The whole `.index`; null when there is none.</param>
/// <param name="TimeIndex">The whole `.timeindex`; null when there is none.</param>
public sealed record SegmentInputs(
    string Name,
    Offset BaseOffset,
    long SizeBytes,
    bool IsLast,
    ReadOnlyMemory<byte>? OffsetIndex,
    ReadOnlyMemory<byte>? TimeIndex)
{
    public string LogFile => Name + ".log";

    public string OffsetIndexFile => Name + ".index";

    public string TimeIndexFile => Name + ".timeindex";

    public string SnapshotFile => Name + ".snapshot";

    public string AbortedFile => Name + ".txnindex";
}
