using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;
using Xunit.Abstractions;

namespace Testbed.Tests.Sim.Logs;

/// <summary>
/// One flipped bit at every byte of a log's segments, while all of it is examined.
/// <code>
/// where                          without sync            with sync
/// a segment that others follow   offline                 offline
/// the last, before its last      cut at the bad batch    offline
/// its last batch                 cut at the bad batch    cut at the bad batch
/// a leader epoch that cannot be  offline                 offline
/// </code>
/// </summary>
public sealed class BitRotTests(ITestOutputHelper output)
{
    private const int HeaderBytesOutsideChecksum = 21;
    private const int EpochStart = 12;
    private const int EpochEnd = 16;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flipped_bit_is_never_taken_for_good_and_synced_data_never_cut(bool isSynced)
    {
        var rotten = new RottenLog(new LogSettings(900, 60, isSynced));
        var (offline, cut) = (0, 0);
        Assert.True(rotten.Bases.Count > 2);
        foreach (var baseOffset in rotten.Bases)
        {
            var path = RottenLog.PathOf(baseOffset);
            var content = rotten.Machine.Device.Contents(path)!;
            var batches = rotten.BatchesOf(baseOffset);
            foreach (var (batch, position) in batches)
            {
                var isLast = baseOffset == rotten.Bases[^1] && position == batches[^1].Position;
                for (var at = 0; at < batch.Bytes.Length; at += Step(at))
                {
                    var isEpoch = at is >= EpochStart and < EpochEnd;
                    var isCut = baseOffset == rotten.Bases[^1] && !isEpoch && (isLast || !isSynced);
                    var bits = at < HeaderBytesOutsideChecksum && RottenLog.Stride == 1 ? 8 : 1;
                    for (var bit = (at + position) % 8; bit < ((at + position) % 8) + bits; bit++)
                    {
                        var changed = RottenLog.Flip(content, position + at, bit % 8);
                        var reason = rotten.OpenWith(path, changed, isBelieved: false);
                        var where = $"{path}, byte {position} + {at}, bit {bit % 8}: {reason}";
                        Assert.True(isCut == (reason is null), where);
                        if (reason is null)
                        {
                            cut++;
                            Assert.True(rotten.Machine.Log.EndOffset == batch.BaseOffset, where);
                        }
                        else
                        {
                            offline++;
                            Assert.Contains(path, reason);
                            Assert.Contains(" at ", reason);
                            Assert.Equal(changed, rotten.Machine.Device.Contents(path));
                        }
                    }
                }
            }
        }
        output.WriteLine($"{offline} flips kept the log offline, {cut} were cut");
        Assert.True(offline > 0);
        Assert.True(cut > 0);
    }

    private static int Step(int at) => at < HeaderBytesOutsideChecksum ? 1 : RottenLog.Stride;

    /// <summary>
    /// What a clean stop vouches for is not examined when the log is opened, but before it is served.
    /// </summary>
    [Fact]
    public void A_bit_that_flips_in_what_is_believed_is_never_served()
    {
        var rotten = new RottenLog(new LogSettings(900, 60, SyncBeforeAcknowledge: true));
        var (atOpening, atReading) = (0, 0);
        foreach (var baseOffset in rotten.Bases)
        {
            var path = RottenLog.PathOf(baseOffset);
            var content = rotten.Machine.Device.Contents(path)!;
            foreach (var (batch, position) in rotten.BatchesOf(baseOffset))
            {
                for (var at = 0; at < batch.Bytes.Length; at += Step(at))
                {
                    var changed = RottenLog.Flip(content, position + at, (at + position) % 8);
                    if (rotten.OpenWith(path, changed, isBelieved: true) is not null)
                    {
                        atOpening++;
                        continue;
                    }
                    var (end, damage) = rotten.ReadAll();
                    Assert.True(end <= batch.BaseOffset.Value, $"{path}, byte {position} + {at}: {damage}");
                    atReading++;
                }
            }
        }
        output.WriteLine($"{atOpening} flips kept the log offline, {atReading} showed to readers");
        Assert.True(atReading > atOpening);
    }

    /// <summary>
    /// A search that has to look into a batch does not believe one whose checksum is wrong.
    /// </summary>
    [Fact]
    public void A_bit_that_flips_in_a_closed_segment_makes_searches_fail_or_changes_nothing()
    {
        var rotten = new RottenLog(new LogSettings(900, 60, SyncBeforeAcknowledge: true));
        var failed = 0;
        foreach (var baseOffset in rotten.Bases.Take(2))
        {
            var path = RottenLog.PathOf(baseOffset);
            var content = rotten.Machine.Device.Contents(path)!;
            for (var at = 0; at < content.Length; at += RottenLog.Stride)
            {
                var reason = rotten.OpenWith(path, RottenLog.Flip(content, at, at % 8), isBelieved: true);
                Assert.Null(reason);
                var log = rotten.Machine.Log;
                foreach (var record in rotten.Model.Batches.Select(static batch => batch.MaxTimestampMs))
                {
                    var found = rotten.Machine.Wait(log.FindByTimestamp(record, log.WrittenEnd));
                    failed += found.Status == IoStatus.Failed ? 1 : 0;
                }
                rotten.Machine.Wait(log.FindMaxTimestamp(log.WrittenEnd));
                rotten.Machine.Wait(log.Read(log.StartOffset, log.WrittenEnd, 1, true)).Release();
                rotten.Machine.Wait(log.AbortedTransactions(log.StartOffset, log.WrittenEnd));
            }
        }
        output.WriteLine($"{failed} searches failed");
        Assert.True(failed > 0);
    }
}
