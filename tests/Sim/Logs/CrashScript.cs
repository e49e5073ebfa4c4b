using Testbed.Log;
using Testbed.Sim;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// A short fixed sequence that is crashed at every operation of its disk, and once more at every operation of
/// the opening that follows.
/// </summary>
internal sealed class CrashScript(ulong seed, LogSettings settings, string steps)
{
    // Goes on where the crash has left the log: what recovery has left half done shows then.
    private const string Afterwards = "Burst:901 Settle:902 Flush:903 KeepPoint:904 Burst:905 Kill:906";

    /// <summary>Runs the script; its operations are counted, or one of them crashes the node.</summary>
    public CrashedTwins Run(int crashAt, CrashKind kind)
    {
        var twins = new LogTwins(seed, settings);
        var point = new CrashPoint(crashAt, () => twins.Machine.Crash(kind));
        twins.Machine.Device.Faults = point;
        var isCrashed = false;
        try
        {
            foreach (var step in LogStep.Parse(steps))
            {
                twins.Do(step);
            }
        }
        catch (LogCrashedException)
        {
            isCrashed = true;
        }
        twins.Machine.Device.Faults = null;
        return new CrashedTwins(twins, isCrashed || !twins.Machine.IsUp, point.Begun);
    }

    /// <summary>Opens the log; its operations are counted, or one of them crashes the node.</summary>
    public static CrashedTwins Open(LogTwins twins, int crashAt, CrashKind kind)
    {
        var point = new CrashPoint(crashAt, () => twins.Machine.Crash(kind));
        twins.Machine.Restart();
        twins.Machine.Device.Faults = point;
        var isCrashed = false;
        try
        {
            twins.Machine.Open(isClean: false);
        }
        catch (LogCrashedException)
        {
            isCrashed = true;
        }
        twins.Machine.Device.Faults = null;
        return new CrashedTwins(twins, isCrashed, point.Begun);
    }

    /// <summary>The log, judged after whatever has crashed it, serves on.</summary>
    public static void GoOn(LogTwins twins)
    {
        foreach (var step in LogStep.Parse(Afterwards))
        {
            twins.Do(step);
        }
        twins.End();
    }
}
