using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// A script on a disk that fails at some operation: the directory is offline at once if it matters, and
/// nothing that was promised is missing when the node starts again on a good disk.
/// </summary>
internal sealed class FailingDiskRun(ulong seed, LogSettings settings, string steps, CrashKind crash)
{
    /// <summary>How many operations there are; all go well.</summary>
    public int Count() => Run(new FailingDisk(0, IoStatus.Ok, isForEver: false)).Begun;

    /// <summary>Tells whether the log went offline.</summary>
    public bool Fail(int at, IoStatus status, bool isForEver)
    {
        var disk = new FailingDisk(at, status, isForEver);
        return Run(disk).IsOffline;
    }

    private (int Begun, bool IsOffline) Run(FailingDisk disk)
    {
        var twins = new LogTwins(seed, settings);
        var machine = twins.Machine;
        machine.Device.Faults = disk;
        Play(twins);
        machine.Device.Faults = null;
        var isOffline = machine.Log.IsOffline;
        JudgeOffline(machine, disk, isOffline);
        // After a failed sync the page cache may show what later syncs do not bring to the disk: the machine
        // has to start again, not only the node.
        var isCacheWrong = disk.Failed.Exists(static request => request.Kind == DiskRequestKind.Sync);
        machine.Crash(isCacheWrong ? CrashKind.PowerCut : crash);
        machine.Restart();
        machine.Open(isClean: false);
        twins.OnOpened();
        CrashScript.GoOn(twins);
        return (disk.Begun, isOffline);
    }

    /// <summary>Ends early where the log is offline, and nowhere else.</summary>
    private void Play(LogTwins twins)
    {
        var machine = twins.Machine;
        try
        {
            foreach (var step in LogStep.Parse(steps))
            {
                twins.Do(step);
            }
        }
        catch (LogPromiseBrokenException)
        {
            if (machine.World.Violation is not null || !(machine.Log.IsOffline || machine.Place.IsOffline))
            {
                throw;
            }
        }
    }

    private static void JudgeOffline(LogMachine machine, FailingDisk disk, bool isOffline)
    {
        var name = machine.Device.Name;
        if (isOffline && machine.Log.OfflineReason?.Contains(name) is not true)
        {
            throw new LogPromiseBrokenException($"'{machine.Log.OfflineReason}' does not name {name}");
        }
        var lost = disk.Failed.FirstOrDefault(static request =>
            request.Kind is DiskRequestKind.Write or DiskRequestKind.Sync or DiskRequestKind.Truncate
            && request.Path.EndsWith(LogFileNames.SegmentSuffix));
        if (lost != default && !isOffline)
        {
            throw new LogPromiseBrokenException($"{lost} has failed and the log goes on");
        }
    }
}
