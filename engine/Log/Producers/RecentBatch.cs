using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>One of a producer's last batches: sequences, the offsets they got, and the timestamp.</summary>
public readonly record struct RecentBatch(
    int FirstSequence, int LastSequence, Offset BaseOffset, Offset EndOffset, long TimestampMs);
