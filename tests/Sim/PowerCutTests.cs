using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Sim;
using Xunit;

namespace Testbed.Tests.Sim;

public class PowerCutTests
{
    private const int Seeds = 60;

    [Fact]
    public void What_was_synced_survives_a_power_cut()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            bench.Write(file, 0, "synced");
            bench.Sync(file);
            bench.SyncDirectory();
            bench.Write(file, 6, new string('x', 5_000));
            bench.Crash(CrashKind.PowerCut);
            Assert.StartsWith("synced", bench.Text("a"));
            Assert.Equal(bench.Text("a")!.Length, bench.Device.DurableLength("a"));
        }
    }

    [Fact]
    public void What_was_written_survives_a_crash_of_the_process()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var bench = new Bench(seed);
            bench.Write(bench.Open("a"), 0, "not synced");
            bench.Crash(CrashKind.Process);
            Assert.Equal("not synced", bench.Text("a"));
        }
    }

    [Fact]
    public void What_was_not_synced_may_survive_a_power_cut_or_be_lost()
    {
        var survivedCount = 0;
        var lostCount = 0;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            bench.SyncDirectory();
            bench.Write(file, 0, "not synced");
            bench.Crash(CrashKind.PowerCut);
            survivedCount += bench.Text("a") == "not synced" ? 1 : 0;
            lostCount += bench.Text("a") == "" ? 1 : 0;
        }
        Assert.InRange(survivedCount, 5, Seeds - 5);
        Assert.InRange(lostCount, 5, Seeds - 5);
    }

    [Fact]
    public void Unsynced_tails_are_torn_in_every_way_that_sectors_can_be()
    {
        var seen = new SortedSet<string>();
        for (ulong seed = 1; seed <= 400; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            bench.Write(file, 0, new string('s', 1_000));
            bench.Sync(file);
            bench.SyncDirectory();
            bench.Write(file, 1_000, new string('u', 20_000));
            bench.Crash(CrashKind.PowerCut);
            var text = bench.Text("a")!;
            Assert.Equal(new string('s', 1_000), text[..1_000]);
            seen.Add(Shape(text[1_000..]));
        }
        Assert.Equal(["all", "garbage", "hole", "nothing", "prefix", "zeros at the end"], seen);
    }

    [Fact]
    public void Each_sector_of_a_rewritten_synced_file_is_old_or_new_as_a_whole()
    {
        var mixedCount = 0;
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var options = new DiskOptions { SectorBytes = [512] };
            var bench = new Bench(new WorldOptions { Seed = seed, Disk = options });
            var file = bench.Open("a");
            bench.Write(file, 0, new string('o', 10_240));
            bench.Sync(file);
            bench.SyncDirectory();
            bench.Write(file, 0, new string('n', 10_240));
            bench.Crash(CrashKind.PowerCut);
            var sectors = bench.Text("a")!.Chunk(512).Select(sector => new string(sector)).ToList();
            Assert.Equal(20, sectors.Count);
            Assert.All(sectors, sector => Assert.Single(sector.Distinct()));
            Assert.All(sectors, sector => Assert.Contains(sector[0], "on"));
            mixedCount += sectors.Distinct().Count() > 1 ? 1 : 0;
        }
        Assert.InRange(mixedCount, 1, Seeds - 1);
    }

    [Fact]
    public void An_unsynced_truncation_may_have_happened_or_not_and_the_old_tail_never_follows_new_bytes()
    {
        var outcomes = new SortedSet<string>();
        for (ulong seed = 1; seed <= 300; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            bench.Write(file, 0, new string('o', 9_000));
            bench.Sync(file);
            bench.SyncDirectory();
            bench.Wait(bench.Disk.Truncate(file, 3_000));
            bench.Write(file, 3_000, new string('n', 2_000));
            bench.Crash(CrashKind.PowerCut);
            var text = bench.Text("a")!;
            Assert.Equal(new string('o', 3_000), text[..3_000]);
            var isUndone = text == new string('o', 9_000);
            var tail = text[3_000..];
            var isSoiled = tail.Any(letter => letter is not ('n' or 'o' or '\0'));
            var isWritten = text.Length <= 5_000 && !tail.Contains('o', StringComparison.Ordinal);
            Assert.True(isUndone || isSoiled || isWritten, $"seed {seed}");
            outcomes.Add(isUndone ? "undone" : text.Length == 3_000 ? "cut" : "cut and written");
        }
        Assert.Equal(["cut", "cut and written", "undone"], outcomes);
    }

    [Fact]
    public void A_synced_truncation_stays()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            bench.Write(file, 0, new string('o', 9_000));
            bench.Sync(file);
            bench.SyncDirectory();
            bench.Wait(bench.Disk.Truncate(file, 3_000));
            bench.Sync(file);
            bench.Crash(CrashKind.PowerCut);
            Assert.Equal(new string('o', 3_000), bench.Text("a"));
        }
    }

    [Fact]
    public void Random_histories_keep_exactly_what_syncing_promises()
    {
        for (ulong seed = 1; seed <= 150; seed++)
        {
            var chance = new Prng(seed);
            var bench = new Bench(seed);
            var file = bench.Open("a");
            bench.SyncDirectory();
            var synced = Array.Empty<byte>();
            var solidBytes = 0L;    // synced bytes that nothing unsynced has touched since
            for (var step = 0; step < 30; step++)
            {
                switch (chance.Below(6))
                {
                    case 0:
                        bench.Sync(file);
                        synced = bench.Device.Contents("a")!;
                        solidBytes = synced.Length;
                        break;
                    case 1:
                        var length = chance.Between(0, file.Length);
                        bench.Wait(bench.Disk.Truncate(file, length));
                        solidBytes = Math.Min(solidBytes, length);
                        break;
                    default:
                        var offset = chance.Chance(1, 3) ? chance.Between(0, file.Length) : file.Length;
                        var bytes = new byte[chance.Between(1, 9_000)];
                        chance.Fill(bytes);
                        bench.Write(file, offset, bytes);
                        solidBytes = Math.Min(solidBytes, offset);
                        break;
                }
            }
            bench.Crash(CrashKind.PowerCut);
            var found = bench.Device.Contents("a")!;
            Assert.True(found.Length >= solidBytes, $"seed {seed}");
            var isIntact = synced.AsSpan(0, (int)solidBytes).SequenceEqual(found.AsSpan(0, (int)solidBytes));
            Assert.True(isIntact, $"seed {seed}");
        }
    }

    [Fact]
    public void A_new_name_without_a_directory_sync_may_be_lost_with_all_its_synced_bytes()
    {
        Assert.Equal(["", "text"], Outcomes(bench =>
        {
            var file = bench.Open("a");
            bench.Write(file, 0, "text");
            bench.Sync(file);
        }));
    }

    [Fact]
    public void A_deletion_without_a_directory_sync_may_be_undone()
    {
        Assert.Equal(["", "text"], Outcomes(bench =>
        {
            MakeSynced(bench, "a", "text");
            bench.Wait(bench.Disk.Delete("a"));
        }));
    }

    [Fact]
    public void A_completed_rename_survives_and_one_under_way_leaves_the_old_or_the_new_but_never_nothing()
    {
        var outcomes = Outcomes(bench =>
        {
            MakeSynced(bench, "a", "old");
            MakeSynced(bench, "a.tmp", "new");
            bench.Wait(bench.Disk.Rename("a.tmp", "a"));
        });
        Assert.Equal(["new"], outcomes);

        outcomes = Outcomes(bench =>
        {
            MakeSynced(bench, "a", "old");
            MakeSynced(bench, "a.tmp", "new");
            _ = bench.Disk.Rename("a.tmp", "a");
        });
        Assert.Equal(["new", "old"], outcomes);
    }

    [Fact]
    public void A_rename_whose_directory_sync_is_a_lie_may_be_lost()
    {
        var outcomes = Outcomes(bench =>
        {
            MakeSynced(bench, "a", "old");
            MakeSynced(bench, "a.tmp", "new");
            bench.Device.IsSyncLying = true;
            Assert.Equal(IoStatus.Ok, bench.Wait(bench.Disk.Rename("a.tmp", "a")).Status);
            Assert.Equal("new", bench.Text("a"));
        });
        Assert.Equal(["new", "old"], outcomes);
    }

    [Fact]
    public void A_rename_over_a_name_without_a_synced_file_under_it_makes_that_file_durable_too()
    {
        Assert.Equal(["new"], Outcomes(bench =>
        {
            bench.Wait(bench.Disk.CreateDirectory("d"));
            bench.SyncDirectory();
            var file = bench.Open("d/a.tmp");
            bench.Write(file, 0, "new");
            bench.Sync(file);
            bench.Wait(bench.Disk.Rename("d/a.tmp", "a"));
        }));
    }

    [Fact]
    public void A_directory_whose_own_name_was_not_synced_may_be_lost_with_all_in_it()
    {
        Assert.Equal(["", "text"], Outcomes(bench =>
        {
            bench.Wait(bench.Disk.CreateDirectory("d"));
            var file = bench.Open("d/inner");
            bench.Write(file, 0, "text");
            bench.Sync(file);
            bench.SyncDirectory("d");
        }, "d/inner"));
    }

    [Fact]
    public void Renaming_a_directory_takes_its_files_along_and_survives()
    {
        Assert.Equal(["text"], Outcomes(bench =>
        {
            bench.Wait(bench.Disk.CreateDirectory("d"));
            bench.SyncDirectory();
            MakeSynced(bench, "d/inner", "text");
            bench.Wait(bench.Disk.Rename("d", "e"));
        }, "e/inner"));
    }

    [Fact]
    public void A_crash_amid_a_write_leaves_a_part_of_it()
    {
        var lengths = new SortedSet<int>();
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            _ = bench.Disk.Write(file, 0, [Encoding.ASCII.GetBytes("0123456789")]);
            _ = bench.Disk.Write(file, 10, [Encoding.ASCII.GetBytes("never begun")]);
            bench.Crash(CrashKind.Process);
            Assert.StartsWith(bench.Text("a"), "0123456789");
            lengths.Add(bench.Text("a")!.Length);
        }
        Assert.True(lengths.Count > 5);
    }

    [Fact]
    public void A_lying_disk_loses_what_it_said_was_synced()
    {
        var outcomes = Outcomes(bench =>
        {
            var file = bench.Open("a");
            bench.SyncDirectory();
            bench.Device.IsSyncLying = true;
            bench.Write(file, 0, "text");
            Assert.Equal(IoStatus.Ok, bench.Sync(file));
        });
        Assert.Contains("", outcomes);
        Assert.Contains("text", outcomes);
    }

    [Fact]
    public void Power_cuts_one_after_another_lose_nothing_more()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var bench = new Bench(seed);
            var file = bench.Open("a");
            bench.SyncDirectory();
            bench.Write(file, 0, new string('x', 5_000));
            bench.Crash(CrashKind.PowerCut);
            var found = bench.Text("a");
            bench.Crash(CrashKind.PowerCut);
            Assert.Equal(found, bench.Text("a"));
        }
    }

    private static string Shape(string tail)
    {
        if (tail.Any(letter => letter is not ('u' or '\0')))
        {
            return "garbage";
        }
        if (tail.Length == 0)
        {
            return "nothing";
        }
        if (!tail.Contains('\0', StringComparison.Ordinal))
        {
            return tail.Length == 20_000 ? "all" : "prefix";
        }
        return tail.TrimEnd('\0').Contains('\0', StringComparison.Ordinal) ? "hole" : "zeros at the end";
    }

    private static void MakeSynced(Bench bench, string path, string text)
    {
        var file = bench.Open(path);
        bench.Write(file, 0, text);
        bench.Sync(file);
        bench.SyncDirectory(path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/')] : "");
    }

    /// <summary>
    /// What is in the file after a power cut, over many seeds; "" when it is empty or missing.
    /// </summary>
    private static SortedSet<string> Outcomes(Action<Bench> prepare, string path = "a")
    {
        var outcomes = new SortedSet<string>(StringComparer.Ordinal);
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var bench = new Bench(seed);
            prepare(bench);
            bench.Crash(CrashKind.PowerCut);
            outcomes.Add(bench.Text(path) ?? "");
        }
        return outcomes;
    }
}
