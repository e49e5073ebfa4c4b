using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A record found by time: its offset, its timestamp in milliseconds, the epoch it was written in.
/// </summary>
public readonly record struct TimestampedOffset(Offset Offset, long TimestampMs, LeaderEpoch Epoch);
