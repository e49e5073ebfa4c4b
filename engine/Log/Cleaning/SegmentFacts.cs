using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>What retention and compaction have to know of a segment before they touch it.</summary>
/// <param name="Base">The offset in its name.</param>
/// <param name="End">
/// Exclusive end of its offsets. Compaction may leave a gap before the next segment's base.
/// </param>
/// <param name="SizeBytes">Of its batches, indexes not counted.</param>
/// <param name="MaxTimestampMs">
/// Latest record, or the file's last change when none has a time, in milliseconds since 1970; -1 when that is
/// not known.
/// </param>
/// <param name="FirstTimestampMs">Max timestamp of its first batch; -1 when it has none.</param>
public readonly record struct SegmentFacts(
    Offset Base, Offset End, int SizeBytes, long MaxTimestampMs, long FirstTimestampMs);
