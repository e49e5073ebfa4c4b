using System;
using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Sim;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// Crashes a script at each of its disk operations, and again at each operation of the recovery. What is left
/// is judged by the model; a second crash may not change it, but for what only the page cache had. Marks that
/// were reached are counted.
/// </summary>
internal sealed class CrashSweep(CrashScript script, SortedDictionary<string, long>? marks = null)
{
    /// <summary>Crashes that were tried, with and without a second one.</summary>
    public int Points { get; private set; }

    /// <summary>Crashes at every operation, and again at every <paramref name="stride"/>th.</summary>
    public void Run(CrashKind kind, CrashKind again, int stride)
    {
        var operations = script.Run(int.MaxValue, kind).Operations;
        for (var at = 1; at <= operations; at++)
        {
            Points++;
            var (end, count) = Say($"{kind} at {at}", () => Once(at, kind));
            for (var second = 1 + (at % stride); second <= count; second += stride)
            {
                Points++;
                var where = $"{kind} at {at}, then {again} at {second}";
                var found = Say(where, () => Twice(at, kind, second, again));
                if (found != end && !(kind == CrashKind.Process && again == CrashKind.PowerCut))
                {
                    throw new LogPromiseBrokenException($"{where}: the log ends at {found}, not at {end}");
                }
            }
        }
    }

    private (Offset End, int Operations) Once(int at, CrashKind kind)
    {
        var crashed = Crashed(at, kind);
        var opened = CrashScript.Open(crashed, int.MaxValue, kind);
        var end = crashed.Machine.Log.EndOffset;
        crashed.OnOpened();
        CrashScript.GoOn(crashed);
        Count(crashed);
        return (end, opened.Operations);
    }

    private Offset Twice(int at, CrashKind kind, int second, CrashKind again)
    {
        var crashed = Crashed(at, kind);
        if (CrashScript.Open(crashed, second, again).IsCrashed)
        {
            CrashScript.Open(crashed, int.MaxValue, again);
        }
        var end = crashed.Machine.Log.EndOffset;
        crashed.OnOpened();
        Count(crashed);
        return end;
    }

    private void Count(LogTwins twins)
    {
        foreach (var (mark, count) in twins.Machine.World.Trace.Marks)
        {
            marks?[mark] = marks.GetValueOrDefault(mark) + count;
        }
    }

    private LogTwins Crashed(int at, CrashKind kind)
    {
        var run = script.Run(at, kind);
        return run.IsCrashed
            ? run.Twins
            : throw new LogPromiseBrokenException($"operation {at} is not there the second time");
    }

    private static T Say<T>(string where, Func<T> what)
    {
        try
        {
            return what();
        }
        catch (Exception broken) when (broken is LogPromiseBrokenException or InvariantException)
        {
            throw new LogPromiseBrokenException($"{where}: {broken.Message}");
        }
    }
}
