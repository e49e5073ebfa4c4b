using Testbed.Foundation;

namespace Testbed.Models.Logs;

/// <summary>A record as a search by time answers it.</summary>
public sealed record ModelRecord(Offset Offset, long TimestampMs, LeaderEpoch Epoch);
