using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A segment that compaction reads. It is not active: its bytes do not change.</summary>
/// <param name="Base">The offset in its name.</param>
/// <param name="End">Exclusive end of its offsets.</param>
/// <param name="File">The open `.log` file, which stays open until the cleaning has ended.</param>
/// <param name="SizeBytes">Bytes of whole batches in it.</param>
/// <param name="MaxTimestampMs">Latest record, in milliseconds since 1970; -1 when none has a time.</param>
/// <param name="Aborted">The entries of its `.txnindex`, by ascending marker offset.</param>
public sealed record CleanSource(
    Offset Base,
    Offset End,
    IFile File,
    int SizeBytes,
    long MaxTimestampMs,
    IReadOnlyList<AbortedTransaction> Aborted)
{
    /// <summary>Size of the entries of its `.index`.</summary>
    public int IndexBytes { get; init; }

    /// <summary>Size of the entries of its `.timeindex`.</summary>
    public int TimeIndexBytes { get; init; }
}
