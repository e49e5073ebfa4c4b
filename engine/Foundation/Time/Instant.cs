using System;

namespace Testbed.Foundation;

/// <summary>
/// A point of a shard's monotonic clock, in ticks of 100 ns since the shard's node began. It never goes back
/// and has nothing to do with the date: timeouts use it, timestamps of records do not.
/// </summary>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    public const long TicksPerMs = 10_000;

    /// <summary>Later than any timer.</summary>
    public static Instant Never => new(long.MaxValue);

    /// <summary>
    /// This instant and <paramref name="ms"/> milliseconds; at the far end it stays at <see cref="Never"/>.
    /// </summary>
    public Instant PlusMs(long ms) =>
        ms > (long.MaxValue - Ticks) / TicksPerMs ? Never : new Instant(Ticks + ms * TicksPerMs);

    /// <summary>Whole milliseconds from <paramref name="earlier"/> to this instant.</summary>
    public long MsSince(Instant earlier) => (Ticks - earlier.Ticks) / TicksPerMs;

    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;
    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;
    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;
    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;

    /// <summary>Seconds with microseconds, as traces show time.</summary>
    public override string ToString() => $"{Ticks / 10_000_000}.{Ticks % 10_000_000 / 10:D6}";
}
