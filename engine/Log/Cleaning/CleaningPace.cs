using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Spreads the bytes that a cleaning reads and writes over time (log.cleaner.io.max.bytes.per.second). The
/// bound is the broker's as long as one log is cleaned at a time.
/// </summary>
public sealed class CleaningPace(long bytesPerSecond, Instant now)
{
    private const int MsPerSecond = 1000;
    private const long BurstMs = 1000;

    private Instant _paidUntil = now;    // all bytes spent are paid for by time up to here
    private long _unpaidBytes;           // too few for a millisecond

    /// <summary>So many bytes were read or written.</summary>
    public void Spend(int bytes)
    {
        if (bytesPerSecond == 0)
        {
            return;
        }
        _unpaidBytes += bytes;
        var ms = (long)((Int128)_unpaidBytes * MsPerSecond / bytesPerSecond);
        _unpaidBytes -= (long)((Int128)ms * bytesPerSecond / MsPerSecond);
        _paidUntil = _paidUntil.PlusMs(ms);
    }

    /// <summary>
    /// Milliseconds to wait before going on. Time in which nothing was done is not saved up for more than a
    /// second.
    /// </summary>
    public long PauseMs(Instant now)
    {
        if (_paidUntil.PlusMs(BurstMs) < now)
        {
            _paidUntil = now;
        }
        return Math.Max(_paidUntil.MsSince(now), 0);
    }
}
