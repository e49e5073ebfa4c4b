using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Sim;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Log;

/// <summary>Bytes that have changed on the disk, and bytes that a power cut has torn.</summary>
public sealed class DamageTests
{
    private const string Path = "t-0/00000000000000000000.log";
    private const int HeaderBits = 61 * 8;

    [Fact]
    public void Every_flipped_bit_before_the_last_batch_takes_a_synced_log_offline_and_nothing_is_cut()
    {
        var bench = new LogBench(1) { Opening = new LogOpening { NewestEpoch = new LeaderEpoch(0) } };
        var lastStart = Fill(bench, 4);
        var whole = bench.Device.Contents(Path)!;
        for (var bit = 0; bit < lastStart * 8; bit++)
        {
            bench.Flip(Path, bit);
            bench.Reopen();

            Assert.True(bench.Log.IsOffline, $"byte {bit / 8}, bit {bit % 8}");
            bench.Flip(Path, bit);
            Assert.Equal(whole, bench.Device.Contents(Path));
        }
        bench.Reopen();
        Assert.Null(bench.Log.OfflineReason);
    }

    [Fact]
    public void Flipped_bits_of_large_batches_take_a_synced_log_offline()
    {
        const ulong Seed = 5;
        var chance = new Prng(Seed);
        var bench = new LogBench(Seed) { Opening = new LogOpening { NewestEpoch = new LeaderEpoch(0) } };
        var starts = new List<long>();
        for (var i = 0; i < 24; i++)
        {
            starts.Add(i == 0 ? 0 : bench.Device.Contents(Path)!.Length);
            bench.AppendAndWait(Text(chance, chance.Below(i % 8 == 0 ? 400_000 : 9_000)));
        }
        for (var i = 0; i < 120; i++)
        {
            var start = starts[chance.Below(starts.Count - 1)];
            var bit = i % 2 == 0
                ? (start * 8) + chance.Below(HeaderBits)
                : chance.Between(0, (starts[^1] * 8) - 1);
            bench.Flip(Path, bit);
            bench.Reopen();

            Assert.True(bench.Log.IsOffline, $"seed {Seed}: byte {bit / 8}, bit {bit % 8}");
            bench.Flip(Path, bit);
        }
    }

    [Fact]
    public void Records_that_look_like_headers_do_not_hide_the_sound_batch_behind_them()
    {
        const ulong Seed = 6;
        var chance = new Prng(Seed);
        var bench = new LogBench(Seed) { Opening = new LogOpening { NewestEpoch = new LeaderEpoch(0) } };
        bench.AppendAndWait("first");
        var second = bench.Device.Contents(Path)!.Length;
        for (var i = 0; i < 3; i++)
        {
            // No byte is negative: most lengths and offsets could be, and each 128th byte is the magic.
            var letters = Enumerable.Range(0, 100_000).Select(_ => (char)chance.Below(128));
            bench.AppendAndWait(new string([.. letters]));
        }
        for (var bit = 0; bit < 64; bit++)
        {
            bench.Flip(Path, (second * 8) + bit);
            bench.Reopen();

            Assert.True(bench.Log.IsOffline, $"seed {Seed}: bit {bit} of the base offset");
            bench.Flip(Path, (second * 8) + bit);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_power_cut_takes_a_log_offline(bool wasSynced)
    {
        var found = 0L;
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var chance = new Prng(seed);
            var bench = new LogBench(seed, LogSettings.Default with { SyncBeforeAcknowledge = wasSynced });
            bench.AppendAndWait("first");
            for (var i = 0; i < 24; i++)
            {
                bench.Append(Text(chance, chance.Below(2_000)));
                if (chance.Chance(1, 8))
                {
                    bench.World.RunUntil(new Instant(bench.World.Now.Ticks + chance.Below(60_000)));
                }
            }
            bench.World.RunUntil(new Instant(bench.World.Now.Ticks + chance.Below(20_000)));
            bench.Settings = LogSettings.Default with { SyncBeforeAcknowledge = true };
            var acknowledged = wasSynced ? bench.Log.WrittenEnd : Offset.Zero;
            bench.Crash(CrashKind.PowerCut);

            Assert.True(bench.Log.OfflineReason is null, $"seed {seed}: {bench.Log.OfflineReason}");
            Assert.True(bench.Log.EndOffset >= acknowledged, $"seed {seed}: lost {acknowledged}");
            found += bench.World.Trace.Marks.GetValueOrDefault("torn-before-a-sound-batch");
        }
        Assert.True(found > 0, "no power cut has left a sound batch behind a torn one");
    }

    [Fact]
    public void A_log_without_sync_is_cut_at_damage()
    {
        var bench = new LogBench(1, LogSettings.Default);
        Fill(bench, 4);
        bench.Flip(Path, (bench.Device.Contents(Path)!.Length / 2) * 8);
        bench.Reopen();

        Assert.Null(bench.Log.OfflineReason);
        Assert.InRange(bench.Log.EndOffset.Value, 1, 3);
    }

    [Fact]
    public void A_bit_that_flips_under_a_reader_ends_that_read_and_nothing_else()
    {
        var bench = new LogBench(1);
        Fill(bench, 4);
        for (var bit = 0; bit < HeaderBits; bit++)
        {
            bench.Flip(Path, bit);
            ReadEveryWay(bench);
            bench.Flip(Path, bit);
        }
        Assert.Equal("0:value-0", bench.Read(0, maxBytes: 1)[0]);
    }

    [Theory]
    [InlineData(-12)]
    [InlineData(-13)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void A_length_that_cannot_be_ends_a_read_and_nothing_else(int lengthField)
    {
        var bench = new LogBench(1);
        Fill(bench, 4);
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, lengthField);
        bench.Overwrite(Path, 8, bytes);

        var slice = bench.Wait(bench.Log.Read(Offset.Zero, new Offset(3), maxBytes: 1, atLeastOne: true));

        Assert.Equal(IoStatus.Failed, slice.Status);
        Assert.Equal(
            new TimeSearchResult(IoStatus.Failed, null),
            bench.Wait(bench.Log.FindByTimestamp(0, bench.Log.WrittenEnd)));
    }

    private static void ReadEveryWay(LogBench bench)
    {
        var log = bench.Log;
        for (var from = 0; from < 3; from++)
        {
            bench.Wait(log.Read(new Offset(from), new Offset(3), maxBytes: 200, atLeastOne: true));
        }
        bench.Wait(log.FindByTimestamp(2, log.WrittenEnd));
        bench.Wait(log.FindMaxTimestamp(log.WrittenEnd));
        Assert.Null(bench.World.Violation);
    }

    /// <summary>Appends batches of one producer; returns where the last one begins.</summary>
    private static int Fill(LogBench bench, int count)
    {
        var lastStart = 0;
        for (var i = 0; i < count; i++)
        {
            lastStart = bench.Device.Contents(Path)?.Length ?? 0;
            var options = new RecordBatchOptions { ProducerId = 7, ProducerEpoch = 1, BaseSequence = i };
            bench.Append(options, 0, $"value-{i}");
            bench.Settle();
        }
        return lastStart;
    }

    private static string Text(Prng chance, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => (char)chance.Between('a', 'z')));
}
