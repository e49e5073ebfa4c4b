namespace Testbed.Wire.Records;

/// <summary>The create times that a topic takes at some moment, both ends included.</summary>
internal readonly record struct TimestampWindow(long EarliestMs, long LatestMs)
{
    /// <summary>Bounds beyond all time are its ends. The settings are not negative.</summary>
    public static TimestampWindow Of(ProduceRules rules, long nowMs)
    {
        var beforeMs = rules.TimestampBeforeMaxMs;
        var afterMs = rules.TimestampAfterMaxMs;
        return new TimestampWindow(
            nowMs < long.MinValue + beforeMs ? long.MinValue : nowMs - beforeMs,
            nowMs > long.MaxValue - afterMs ? long.MaxValue : nowMs + afterMs);
    }

    public bool Contains(long timestampMs) => timestampMs >= EarliestMs && timestampMs <= LatestMs;
}
