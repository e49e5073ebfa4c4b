using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Binary search in a row whose first entries have a property and whose others do not.</summary>
internal static class Bisection
{
    /// <summary>
    /// How many of the first <paramref name="count"/> entries have it. <paramref name="has"/> is told
    /// <paramref name="state"/> and an index; a static one allocates nothing.
    /// </summary>
    public static int CountWith<TState>(int count, TState state, Func<TState, int, bool> has)
    {
        Invariant.Assert(count >= 0);
        var low = 0;
        var high = count;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (has(state, middle))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }
}
