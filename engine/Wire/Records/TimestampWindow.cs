using System;

namespace Testbed.Wire.Records;

/// <summary>The create times that a topic takes at some moment, both ends included.</summary>
internal readonly record struct TimestampWindow(long EarliestMs, long LatestMs)
{
    public static TimestampWindow Of(ProduceRules rules, long nowMs) =>
        new(
            Clamped((Int128)nowMs - rules.TimestampBeforeMaxMs),
            Clamped((Int128)nowMs + rules.TimestampAfterMaxMs));

    public bool Contains(long timestampMs) => timestampMs >= EarliestMs && timestampMs <= LatestMs;

    private static long Clamped(Int128 timeMs) => (long)Int128.Clamp(timeMs, long.MinValue, long.MaxValue);
}
