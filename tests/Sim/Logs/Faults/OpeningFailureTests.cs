using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Every operation fails while a log is opened.</summary>
public sealed class OpeningFailureTests(ITestOutputHelper output)
{
    private const string Filled = "AppendInTransaction:1 Burst:2 Flush:3 KeepPoint:4 EndTransaction:5 "
        + "Burst:6 Burst:7 Elect:8 Burst:9 Settle:10 Burst:11 Pause:12";

    [Theory]
    [InlineData(IoStatus.Failed, true)]
    [InlineData(IoStatus.Failed, false)]
    [InlineData(IoStatus.NoSpace, true)]
    [InlineData(IoStatus.TooManyOpen, false)]
    public void A_log_that_could_not_be_opened_is_whole_when_the_disk_is_good_again(
        IoStatus status, bool isForEver)
    {
        var (tried, offline) = (0, 0);
        foreach (var kind in new[] { CrashKind.Process, CrashKind.PowerCut })
        {
            for (var at = 1; TryOpen(at, status, isForEver, kind, ref offline); at++)
            {
                tried++;
            }
        }
        output.WriteLine($"{tried} failures, {offline} kept the log offline");
        Assert.True(offline > 0);
        Assert.True(tried > 20);
    }

    /// <summary>False when there are not as many operations.</summary>
    private static bool TryOpen(int at, IoStatus status, bool isForEver, CrashKind kind, ref int offline)
    {
        var twins = new LogTwins(8, new LogSettings(900, 60, SyncBeforeAcknowledge: true));
        foreach (var step in LogStep.Parse(Filled))
        {
            twins.Do(step);
        }
        var machine = twins.Machine;
        machine.Crash(kind);
        machine.Restart();
        var disk = new FailingDisk(at, status, isForEver);
        machine.Device.Faults = disk;
        var reason = machine.TryOpen(isClean: false);
        machine.Device.Faults = null;
        if (reason is not null)
        {
            offline++;
            machine.Crash(CrashKind.Process);
            machine.Restart();
            machine.Open(isClean: false);
        }
        twins.OnOpened();
        CrashScript.GoOn(twins);
        return disk.Failed.Count > 0;
    }
}
