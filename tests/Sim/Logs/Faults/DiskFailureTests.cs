using System;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Every operation of a disk fails, once or with all that follow.</summary>
public sealed class DiskFailureTests(ITestOutputHelper output)
{
    private static readonly LogSettings Small = new(900, 60, SyncBeforeAcknowledge: true)
    {
        FileDeleteDelayMs = 5,
        RecoveredTailBytes = 400,
    };

    [Theory]
    [InlineData(IoStatus.Failed, "Burst:1 Settle:2 Burst:3 Flush:5 KeepPoint:6 EndTransaction:7 Burst:8")]
    [InlineData(IoStatus.Failed, "Burst:1 Burst:2 Burst:3 Flush:4 KeepPoint:5 TruncateTo:12 Burst:14")]
    [InlineData(IoStatus.Failed, "Burst:1 Flush:4 TruncateFully:6 Append:8 Settle:9 AdvanceStart:10")]
    [InlineData(IoStatus.NoSpace, "Burst:1 Settle:2 Burst:3 Settle:4 Flush:5 KeepPoint:6 Burst:8 Flush:9")]
    [InlineData(IoStatus.NoSpace, "Burst:1 Burst:2 Flush:4 KeepPoint:5 TruncateTo:12 Burst:14 Settle:15")]
    public void A_failure_takes_the_directory_offline_and_nothing_promised_is_lost(
        IoStatus status, string steps)
    {
        var (tried, offline) = (0, 0);
        foreach (var isSynced in new[] { true, false })
        {
            var settings = Small with { SyncBeforeAcknowledge = isSynced };
            var count = new FailingDiskRun(5, settings, steps, CrashKind.Process).Count();
            for (var at = 1; at <= count; at++)
            {
                foreach (var isForEver in new[] { true, false })
                {
                    var crash = isForEver == (at % 2 == 0) ? CrashKind.Process : CrashKind.PowerCut;
                    var run = new FailingDiskRun(5, settings, steps, crash);
                    tried++;
                    offline += Say(at, isForEver, () => run.Fail(at, status, isForEver)) ? 1 : 0;
                }
            }
        }
        output.WriteLine($"{tried} failures, {offline} took the directory offline");
        Assert.True(offline > tried / 2);
    }

    private static bool Say(int at, bool isForEver, Func<bool> run)
    {
        try
        {
            return run();
        }
        catch (Exception broken) when (broken is LogPromiseBrokenException or InvariantException)
        {
            throw new LogPromiseBrokenException($"operation {at}, for ever {isForEver}: {broken.Message}");
        }
    }
}
