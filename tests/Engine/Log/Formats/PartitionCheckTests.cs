using System;
using System.Buffers.Binary;
using System.Linq;
using System.Text;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

/// <summary>What Kafka wrote is clean, and every single change to it is found and told of its file.</summary>
public sealed class PartitionCheckTests
{
    private const string First = "00000000000000000000";
    private const string Second = "00000000000000000092";
    private const string Last = "00000000000000000350";

    private readonly InspectedFolder _folder = new("single-clean/data1/txn-0");

    public static TheoryData<string> CleanFolders => new(GoldenLogs.Segments
        .Where(static file => file.Path.Contains("-clean/") && !file.Path.Contains("-delete/"))
        .Select(static file => file.Folder).Distinct());

    [Theory]
    [MemberData(nameof(CleanFolders))]
    public void What_Kafka_left_is_clean(string folder) =>
        Assert.Empty(new InspectedFolder(folder).Inspect().All);

    [Theory]
    [InlineData(First + ".log", 100, "the checksum")]
    [InlineData(First + ".log", 16, "there is no batch of magic 88")]
    [InlineData(First + ".log", 8, "there is no batch of length")]
    [InlineData(Last + ".log", 2700, "the checksum")]
    [InlineData(First + ".index", 3, "entry 1 has offset 25")]
    [InlineData(First + ".index", 7, "position")]
    [InlineData(First + ".timeindex", 7, "timestamp")]
    [InlineData(First + ".timeindex", 11, "timestamp")]
    [InlineData(First + ".txnindex", 1, "entry 0 has version")]
    [InlineData(First + ".txnindex", 9, "the log has producer 24 from 26 to 51")]
    [InlineData(First + ".txnindex", 17, "entry 0")]
    [InlineData(First + ".txnindex", 33, "entry 0")]
    [InlineData(Second + ".snapshot", 20, "checksum")]
    public void A_changed_byte_is_found(string file, int at, string said)
    {
        _folder.Flip(file, at);

        Expect(FindingLevel.Problem, file, said);
    }

    [Fact]
    public void A_leader_epoch_that_goes_back_is_found()
    {
        _folder["leader-epoch-checkpoint"] = Encoding.UTF8.GetBytes("0\n1\n1 0\n");
        _folder[First + ".log"][15] = 1;

        Expect(FindingLevel.Problem, First + ".log", "is of leader epoch 0, the one before of 1");
    }

    [Fact]
    public void A_leader_epoch_that_the_checkpoint_does_not_have_is_found()
    {
        _folder[Last + ".log"][15] = 9;

        Expect(
            FindingLevel.Problem,
            "leader-epoch-checkpoint",
            "offset 350 is of epoch 0 here and of epoch 9 in the log");
    }

    /// <summary>An epoch is saved with the next milestone, and found in the batches before that.</summary>
    [Fact]
    public void After_a_crash_the_checkpoint_may_lack_the_newest_epoch()
    {
        var folder = new InspectedFolder("single-clean/data1/txn-0") { IsClosedCleanly = false };
        var last = StoredBatches.Of(folder[Last + ".log"])[^1];
        folder[Last + ".log"][last.Position + 15] = 9;

        var told = Assert.Single(folder.Inspect().All, static one => one.File == "leader-epoch-checkpoint");
        Assert.Equal(FindingLevel.Note, told.Level);
        Assert.Contains($"lacks epoch 9 from offset {last.Header.BaseOffset} on", told.Text);
    }

    [Theory]
    [InlineData("0\n1\n0 0", "no end")]
    [InlineData("0\n0\n", "offset 0 is of epoch -1 here")]
    [InlineData("0\n2\n0 0\n1 360\n", "is of epoch 1 here and of epoch 0")]
    [InlineData("0\n2\n0 0\n1 375\n", "epoch 1 begins at 375, beyond the log's end 374")]
    public void A_wrong_epoch_checkpoint_is_found(string text, string said)
    {
        _folder["leader-epoch-checkpoint"] = Encoding.UTF8.GetBytes(text);

        Expect(FindingLevel.Problem, "leader-epoch-checkpoint", said);
    }

    [Fact]
    public void An_offset_that_goes_back_is_found()
    {
        BinaryPrimitives.WriteInt64BigEndian(_folder[Second + ".log"], 91);

        Expect(FindingLevel.Problem, Second + ".log", "batch 91 at 0 comes after a batch that ends at 92");
    }

    [Fact]
    public void A_segment_with_a_name_below_the_end_of_the_one_before_is_found()
    {
        foreach (var suffix in new[] { ".log", ".index", ".timeindex" })
        {
            _folder["00000000000000000090" + suffix] = _folder[Second + suffix];
            _folder.Remove(Second + suffix);
        }

        Expect(
            FindingLevel.Problem,
            "00000000000000000090.log",
            "is named 90, but the segment before it ends at 92");
    }

    [Theory]
    [InlineData(".index")]
    [InlineData(".timeindex")]
    public void A_missing_index_is_told_and_is_no_problem(string suffix)
    {
        _folder.Remove(Second + suffix);

        Expect(FindingLevel.Note, Second + suffix, "is missing; it is made anew when somebody needs it");
    }

    [Fact]
    public void A_full_segment_whose_latest_record_has_no_time_entry_is_found()
    {
        _folder[Second + ".timeindex"] = _folder[Second + ".timeindex"][..^12];

        Expect(FindingLevel.Problem, Second + ".timeindex", "has no entry");
    }

    [Fact]
    public void An_aborted_transaction_that_the_index_lacks_is_found()
    {
        _folder.Remove(Second + ".txnindex");

        Expect(
            FindingLevel.Problem, Second + ".txnindex", "lacks producer 24 from 92 to 117, stable below 118");
    }

    [Fact]
    public void An_aborted_transaction_that_the_log_lacks_is_found()
    {
        byte[] more = [.. _folder[First + ".txnindex"], .. _folder[First + ".txnindex"].AsSpan(34)];
        more[^9]++;    // ends one offset later
        more[^1]++;
        _folder[First + ".txnindex"] = more;

        Expect(
            FindingLevel.Problem,
            First + ".txnindex",
            "entry 2 ends at 66, where the log has no abort marker");
    }

    [Theory]
    [InlineData(9, "epoch")]              // producer epoch
    [InlineData(37, "coordinator epoch")]
    [InlineData(45, "a transaction from")]
    [InlineData(7, "is not in the log before")]
    public void A_snapshot_that_the_log_contradicts_is_found(int atInRow, string said)
    {
        var file = _folder[Second + ".snapshot"];
        var at = 10 + atInRow;
        file[at] = unchecked((byte)(file[at] + 64));
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(2), Crc32C.Of(file.AsSpan(6)));

        Expect(FindingLevel.Problem, Second + ".snapshot", said);
    }

    [Fact]
    public void A_snapshot_beyond_the_end_is_found()
    {
        _folder["00000000000000000400.snapshot"] = _folder["00000000000000000374.snapshot"];

        Expect(FindingLevel.Problem, "00000000000000000400.snapshot", "lies beyond the log's end, 374");
    }

    [Fact]
    public void A_snapshot_that_is_gone_is_noted()
    {
        _folder.Remove(Second + ".snapshot");

        Expect(FindingLevel.Note, Second + ".snapshot", "is missing; opening the log replays more of it");
    }

    [Fact]
    public void A_torn_tail_is_a_note_after_a_crash_and_a_problem_after_a_clean_end()
    {
        _folder[Last + ".log"] = _folder[Last + ".log"][..^5];
        Expect(FindingLevel.Problem, Last + ".log", "of which 73 are there");

        var crashed = new InspectedFolder("single-clean/data1/txn-0") { IsClosedCleanly = false };
        crashed[Last + ".log"] = crashed[Last + ".log"][..^5];
        var findings = crashed.Inspect();
        Assert.Equal(0, findings.ProblemCount);
        Assert.Contains(findings.All, static finding => finding.Text.StartsWith("torn tail"));
    }

    [Fact]
    public void Damage_before_a_sound_batch_is_a_problem_also_after_a_crash()
    {
        var crashed = new InspectedFolder("single-clean/data1/txn-0") { IsClosedCleanly = false };
        crashed.Flip(Last + ".log", 100);

        Assert.Contains(crashed.Inspect().All, static finding =>
            finding.Level == FindingLevel.Problem && finding.Text.Contains("bytes 0 to 144"));
    }

    [Fact]
    public void Batches_behind_garbage_are_found_again()
    {
        var log = _folder[First + ".log"];
        _folder[First + ".log"] = [.. log.AsSpan(0, 1451), .. new byte[300], .. log.AsSpan(1451)];

        Expect(FindingLevel.Problem, First + ".log", "bytes 1451 to 1750 are no sound batch");
    }

    [Fact]
    public void Records_that_are_not_what_the_header_says_are_found()
    {
        var log = _folder[First + ".log"];
        log[60] = 14;    // the count of records, under a right checksum
        BinaryPrimitives.WriteUInt32BigEndian(log.AsSpan(17), Crc32C.Of(log.AsSpan(21, 1451 - 21)));

        Expect(FindingLevel.Problem, First + ".log", "batch 0 at 0: record 14 of 14 cannot be read");
    }

    [Fact]
    public void A_file_with_much_damage_is_told_of_so_often_and_no_more()
    {
        _folder["leader-epoch-checkpoint"] = Encoding.UTF8.GetBytes("0\n1\n7 0\n");

        var findings = _folder.Inspect();

        Assert.True(findings.ProblemCount > FindingList.MaxPerFile);
        Assert.Equal(FindingList.MaxPerFile + 1, findings.All.Count);
        Assert.Equal("there is more of this kind", findings.All[^1].Text);
    }

    private void Expect(FindingLevel level, string file, string said)
    {
        var found = _folder.Inspect().All;
        Assert.True(
            found.Any(finding =>
                finding.Level == level && finding.File == file && finding.Text.Contains(said)),
            $"not told: {level} {file} {said}; but\n{string.Join('\n', found)}");
    }
}
