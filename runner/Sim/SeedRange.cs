using System;
using System.Collections.Generic;
using System.Globalization;

namespace Testbed.Runner.Sim;

/// <summary>Seeds from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public readonly record struct SeedRange(ulong First, ulong Last)
{
    /// <summary>Reads `7` or `1..200`. False for anything else, and for ranges that run backwards.</summary>
    public static bool TryParse(string text, out SeedRange range)
    {
        range = default;
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        var first = dots < 0 ? text : text[..dots];
        var last = dots < 0 ? text : text[(dots + 2)..];
        if (!ulong.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !ulong.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            || from > to)
        {
            return false;
        }
        range = new SeedRange(from, to);
        return true;
    }

    public IEnumerable<ulong> All()
    {
        for (var seed = First; ; seed++)
        {
            yield return seed;
            if (seed == Last)
            {
                yield break;
            }
        }
    }
}
