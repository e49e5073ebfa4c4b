using System.Collections.Generic;
using System.Linq;
using Testbed.Log;
using Testbed.Sim;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// A crash at any disk operation of a compaction or a retention, also while another crash is being recovered
/// from: each segment is the old one or the new one.
/// </summary>
public sealed class CleaningSweepTests(ITestOutputHelper output)
{
    /// <summary>
    /// Of second crashes; LOG_CRASH_STRIDE=1 tries all pairs, and both kinds of crash with and without sync.
    /// </summary>
    private const int StrideUsually = 997;

    private static readonly LogSettings Small = new(900, 60, SyncBeforeAcknowledge: false)
    {
        FileDeleteDelayMs = 5,
        RecoveredTailBytes = 400,
    };

    private static readonly (bool IsSynced, CrashKind Kind)[] Some = [(false, CrashKind.PowerCut)];

    private static readonly (bool IsSynced, CrashKind Kind)[] All =
        [.. Some, (false, CrashKind.Process), (true, CrashKind.PowerCut), (true, CrashKind.Process)];

    private static readonly string[] OfSwaps = ["leftovers-of-cleaning-removed", "swap-completed-at-opening"];

    [Fact]
    public void Segments_that_become_fewer_are_the_old_ones_or_the_new_ones() => Sweep(
        "AppendInTransaction:49 Append:476 EndTransaction:350 AppendInTransaction:455 Burst:153 "
            + "EndTransaction:446 EndTransaction:651 Settle:811 CatchUp:893 Compact:340 CatchUp:196 "
            + "Compact:257 Append:346",
        [.. OfSwaps]);

    [Fact]
    public void A_second_round_meets_what_the_first_has_emptied() => Sweep(
        "AppendInTransaction:337 Append:135 EndTransaction:809 AppendInTransaction:828 Burst:946 "
            + "EndTransaction:275 EndTransaction:367 Settle:798 CatchUp:385 Compact:542 CatchUp:635 "
            + "Compact:623 Append:592",
        [.. OfSwaps, "batch-emptied-by-cleaning"]);

    [Fact]
    public void Segments_are_begun_while_others_are_swapped() => Sweep(
        "Burst:683 Burst:858 Settle:419 CatchUp:555 BeginCompact:965 Append:482 Burst:815 Settle:394",
        ["leftovers-of-cleaning-removed"]);

    [Fact]
    public void The_oldest_segments_go_one_after_the_other() => Sweep(
        "Burst:905 Burst:169 Flush:280 KeepPoint:199 CatchUp:135 Retain:27 Append:326 Settle:984",
        []);

    private void Sweep(string steps, string[] rare)
    {
        var stride = (int)SweepSetting.Of("LOG_CRASH_STRIDE", StrideUsually);
        var isCompacted = rare.Length > 0;
        var marks = new SortedDictionary<string, long>();
        var points = 0;
        foreach (var (isSynced, kind) in stride < StrideUsually ? All : Some)
        {
            var settings = Small with { SyncBeforeAcknowledge = isSynced, IsCompacted = isCompacted };
            var sweep = new CrashSweep(new CrashScript(7, settings, steps), marks);
            sweep.Run(kind, isSynced ? kind : CrashKind.PowerCut, stride);
            points += sweep.Points;
        }
        output.WriteLine($"{points} crash points; {string.Join(", ", marks)}");
        Assert.Empty(rare.Except(marks.Keys));
    }
}
