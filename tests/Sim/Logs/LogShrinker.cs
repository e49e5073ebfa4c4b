using System;
using System.Linq;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// Takes steps out of a failing sequence as long as it fails: large pieces first, then single steps.
/// </summary>
internal static class LogShrinker
{
    private const int RunsMax = 2_000;

    public static LogSequence Shrink(LogSequence failing, Func<LogSequence, bool> isFailing)
    {
        var runs = 0;
        for (var piece = Math.Max(failing.Steps.Count / 2, 1); piece > 0;)
        {
            var isSmaller = false;
            for (var first = 0; first < failing.Steps.Count && runs < RunsMax;)
            {
                var steps = failing.Steps.Take(first).Concat(failing.Steps.Skip(first + piece));
                var smaller = failing with { Steps = [.. steps] };
                runs++;
                if (isFailing(smaller))
                {
                    failing = smaller;
                    isSmaller = true;
                }
                else
                {
                    first += piece;
                }
            }
            piece = isSmaller && piece == 1 && runs < RunsMax ? 1 : piece / 2;
        }
        return failing;
    }
}
