using Testbed.Foundation;
using Testbed.Log;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// Settings under which rare things are common: small segments, small indexes, short times.
/// </summary>
internal static class DrawnSettings
{
    public static LogSettings Of(Prng chance, bool isCompacted) =>
        new(
            OneOf(chance, 300, 700, 1_500, 4_000, 1 << 30),
            OneOf(chance, 1, 60, 250, 1_000, 4_096),
            SyncBeforeAcknowledge: chance.Chance(1, 2))
        {
            SegmentIndexBytes = OneOf(chance, 36, 60, 200, 10_485_760),
            SegmentMs = OneOf(chance, 150, 1_000_000, 1_000_000),
            SegmentJitterMs = OneOf(chance, 0, 0, 100),
            FileDeleteDelayMs = OneOf(chance, 5, 60_000),
            RecoveredTailBytes = OneOf(chance, 500, 64 * 1024 * 1024),
            IsPreallocated = chance.Chance(1, 4),
            IsCompacted = isCompacted,
        };

    private static int OneOf(Prng chance, params int[] values) => values[chance.Below(values.Length)];
}
