using Testbed.Log;
using Testbed.Sim;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Sim.Logs;

/// <summary>A crash at any disk operation, also while another crash is being recovered from.</summary>
public sealed class CrashSweepTests(ITestOutputHelper output)
{
    private static readonly LogSettings Small = new(900, 60, SyncBeforeAcknowledge: false)
    {
        FileDeleteDelayMs = 5,
        RecoveredTailBytes = 400,
    };

    /// <summary>Of second crashes; LOG_CRASH_STRIDE=1 tries all pairs.</summary>
    private const int StrideUsually = 101;

    [Theory]
    [InlineData("Append:1 Settle:2")]
    [InlineData("Burst:1 Burst:2 Settle:3 Flush:4 KeepPoint:5 Burst:6 Burst:7 Settle:8 "
        + "BeginFlush:9 Burst:10")]
    [InlineData("Burst:1 Burst:2 Burst:3 Flush:4 KeepPoint:5 Burst:6 TruncateTo:12 Burst:14 Settle:15")]
    [InlineData("Burst:1 Elect:2 Burst:3 Flush:4 KeepPoint:5 TruncateFully:6 Elect:7 Append:8 Settle:9")]
    [InlineData("Burst:1 Burst:2 Settle:3 AdvanceStart:4 Flush:5 KeepPoint:6 Burst:7 AdvanceStart:8")]
    [InlineData("Burst:1 Elect:2 Burst:3 Settle:4 AdvanceStart:5 StopCleanly:6 Burst:7 Flush:8 "
        + "StopCleanly:9")]
    [InlineData("AppendInTransaction:1 AppendInTransaction:2 EndTransaction:3 Flush:4 KeepPoint:5 "
        + "AppendInTransaction:6 EndTransaction:7 EndTransaction:8 Burst:9 Settle:10 "
        + "EndTransaction:11 Flush:12")]
    public void What_must_survive_does_wherever_the_crashes_are(string steps)
    {
        var points = 0;
        var stride = (int)SweepSetting.Of("LOG_CRASH_STRIDE", StrideUsually);
        foreach (var isSynced in new[] { true, false })
        {
            foreach (var kind in new[] { CrashKind.PowerCut, CrashKind.Process })
            {
                var script = new CrashScript(7, Small with { SyncBeforeAcknowledge = isSynced }, steps);
                var sweep = new CrashSweep(script);
                sweep.Run(kind, kind == CrashKind.Process && isSynced ? kind : CrashKind.PowerCut, stride);
                points += sweep.Points;
            }
        }
        output.WriteLine($"{points} crash points");
        Assert.True(points > 0);
    }
}
