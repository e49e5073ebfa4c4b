using System;
using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>
/// Pauses between attempts: each twice the one before, up to a largest, and a fifth longer or shorter by
/// chance, so that clients that failed together do not come back together (KIP-580).
/// </summary>
internal sealed class Backoff(Prng random, long firstMs, long largestMs)
{
    private const int DoublingsMax = 20;
    private int _attempts;    // since the last success, at most DoublingsMax

    public long NextMs()
    {
        var pause = Math.Min(firstMs << _attempts, largestMs);
        _attempts = Math.Min(_attempts + 1, DoublingsMax);
        return random.Between(pause - pause / 5, pause + pause / 5);
    }

    public void Reset() => _attempts = 0;
}
