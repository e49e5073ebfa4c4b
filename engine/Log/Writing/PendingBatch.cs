using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A batch with its offsets, on the way to the disk. The owner's lease is held until it is there.
/// </summary>
/// <param name="Span">What the log remembers of it.</param>
/// <param name="Bytes">The batch.</param>
/// <param name="Owner">Keeps the bytes alive; null when the log need not.</param>
/// <param name="Milestone">What has to be done before it is written; usually nothing.</param>
/// <param name="Reached">Completed when the milestone is reached; there is no batch then.</param>
/// <param name="Aborted">The transaction that this marker aborts.</param>
internal readonly record struct PendingBatch(
    BatchSpan Span,
    ReadOnlyMemory<byte> Bytes,
    Lease? Owner,
    LogMilestone? Milestone,
    AbortedTransaction? Aborted,
    EngineOp<bool>? Reached = null);
