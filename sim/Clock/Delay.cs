using System;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// How long something takes, in ticks of 100 ns: <paramref name="MinTicks"/> and evenly up to <paramref
/// name="SpreadTicks"/> more; one time in <paramref name="SlowOneIn"/> (0: never) evenly up to <paramref
/// name="SlowTicks"/> on top. Two humps show more than one: most trouble lives in the rare slow answer.
/// </summary>
public readonly record struct Delay(
    long MinTicks, long SpreadTicks = 0, int SlowOneIn = 0, long SlowTicks = 0)
{
    /// <summary>No time at all.</summary>
    public static Delay None => default;

    /// <summary>
    /// Always takes the same number of draws, so a changed range moves no later draw of the stream.
    /// </summary>
    public long Sample(Prng chance)
    {
        var ticks = MinTicks + chance.Below(SpreadTicks + 1);
        var isSlow = chance.Below(Math.Max(SlowOneIn, 1)) == 0 && SlowOneIn > 0;
        var extraTicks = chance.Below(SlowTicks + 1);
        return isSlow ? ticks + extraTicks : ticks;
    }
}
