using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// The monotonic clock of one incarnation: 0 when it starts, running <c>driftPpm</c> parts per million faster
/// (slower when negative) than the world's time. Translates both ways; a timer never rings before its local
/// time.
/// </summary>
public sealed class NodeClock
{
    /// <summary>Clocks that run wrong by a thousandth are broken, not drifting.</summary>
    public const long DriftPpmMax = 1_000;

    private const long Million = 1_000_000;
    private const long FarTicks = long.MaxValue / (4 * DriftPpmMax);

    private readonly Instant _startedAt;
    private readonly long _driftPpm;

    public NodeClock(Instant startedAt, long driftPpm)
    {
        Invariant.Assert(driftPpm is >= -DriftPpmMax and <= DriftPpmMax);
        _startedAt = startedAt;
        _driftPpm = driftPpm;
    }

    /// <summary>What the clock shows at <paramref name="world"/>, which is not before its start.</summary>
    public Instant LocalAt(Instant world)
    {
        Invariant.Assert(world >= _startedAt);
        return new Instant(LocalTicks(world.Ticks - _startedAt.Ticks));
    }

    /// <summary>
    /// The first instant of the world at which the clock shows <paramref name="local"/> or later.
    /// </summary>
    public Instant WorldAt(Instant local)
    {
        if (local.Ticks >= FarTicks)
        {
            return Instant.Never;
        }
        if (local.Ticks <= 0)
        {
            return _startedAt;
        }
        return new Instant(_startedAt.Ticks + ElapsedUntil(local.Ticks));
    }

    private long ElapsedUntil(long localTicks)
    {
        if (_driftPpm == 0)
        {
            return localTicks;
        }
        var elapsed = localTicks - localTicks * _driftPpm / (Million + _driftPpm);
        while (LocalTicks(elapsed) < localTicks)
        {
            elapsed += localTicks - LocalTicks(elapsed);
        }
        while (elapsed > 0 && LocalTicks(elapsed - 1) >= localTicks)
        {
            elapsed--;
        }
        return elapsed;
    }

    private long LocalTicks(long elapsed) =>
        _driftPpm == 0 ? elapsed : elapsed + elapsed * _driftPpm / Million;
}
