using Testbed.Foundation;
using Testbed.Log;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// One flipped bit at every byte of the files that only help, of a log that was stopped cleanly: the log must
/// open with all its records. Kafka's formats of two of them have no checksum: where the flipped bit leaves
/// something that can be, only what that file tells may be wrong.
/// </summary>
public sealed class HelperRotTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(LogFileNames.OffsetIndexSuffix, null, 0)]
    [InlineData(LogFileNames.SnapshotSuffix, null, 0)]
    [InlineData(LogFileNames.TimeIndexSuffix, "latest below", 25)]
    [InlineData(LogFileNames.AbortedIndexSuffix, null, 0)]
    [InlineData(LeaderEpochCheckpoint.FileName, "epochs are", 60)]
    public void A_flipped_bit_in_a_file_that_helps_spoils_no_record(
        string suffix, string? allowed, int allowedPercent)
    {
        var rotten = new RottenLog(new LogSettings(900, 60, SyncBeforeAcknowledge: true));
        var (flips, missed) = (0, 0);
        foreach (var (path, content) in rotten.Files(suffix))
        {
            var step = suffix == LogFileNames.SnapshotSuffix ? RottenLog.Stride : 1;
            for (var at = 0; at < content.Length; at += step)
            {
                flips++;
                var reason = rotten.OpenWith(path, RottenLog.Flip(content, at, at % 8), isBelieved: true);
                Assert.True(reason is null, $"{path}, byte {at}: {reason}");
                if (Compare(rotten) is { } difference)
                {
                    missed++;
                    Assert.True(
                        allowed is not null && difference.Contains(allowed),
                        $"{path}, byte {at}: {difference}");
                }
            }
        }
        output.WriteLine($"{flips} flips, {missed} not noticed");
        Assert.True(flips > 0);
        Assert.True(missed * 100 <= flips * allowedPercent);
    }

    private static string? Compare(RottenLog rotten)
    {
        try
        {
            LogComparison.Compare(rotten.Machine.Log, rotten.Model);
            new LogScrutiny(rotten.Machine, rotten.Model).LookAtAll(new Prng(1));
            return null;
        }
        catch (LogPromiseBrokenException broken)
        {
            return broken.Message;
        }
    }
}
