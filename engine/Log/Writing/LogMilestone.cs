using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A point of the log behind which recovery need not look: once it is reached, everything below is on the
/// disk for good, and so are the indexes and the producers' state at exactly this offset.
/// </summary>
/// <param name="At">Everything below is written before.</param>
/// <param name="Snapshot">
/// The producers' state after all below and nothing above (KAFKA-6683), taken when the batch behind it was
/// appended; null at the beginning of a log.
/// </param>
/// <param name="BeginsSegment">A new segment begins here.</param>
internal sealed record LogMilestone(Offset At, byte[]? Snapshot, bool BeginsSegment)
{
    /// <summary>
    /// Nothing more is expected in the segment that ends here: it needs no more space than it takes.
    /// </summary>
    public bool EndsSegment { get; init; } = BeginsSegment;
}
