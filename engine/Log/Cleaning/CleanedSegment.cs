using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What compaction has made of a group of segments.</summary>
/// <param name="Base">The base of the first of them.</param>
/// <param name="End">
/// Exclusive end of its last batch, which is that of the last batch there was before; the base when there is
/// no batch.
/// </param>
/// <param name="SizeBytes">Of its batches.</param>
/// <param name="MaxTimestampMs">Largest max timestamp of its batches; -1 when none has one.</param>
/// <param name="FirstTimestampMs">Max timestamp of its first batch; -1 when that has none.</param>
/// <param name="Aborted">The entries of its `.txnindex`; it has no such file when there is none.</param>
public sealed record CleanedSegment(
    Offset Base,
    Offset End,
    int SizeBytes,
    long MaxTimestampMs,
    long FirstTimestampMs,
    IReadOnlyList<AbortedTransaction> Aborted);
