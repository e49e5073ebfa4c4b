using System;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Segments that are short, gone, or another partition's.</summary>
public sealed class LostFilesTests
{
    private readonly RottenLog _rotten = new(new LogSettings(900, 60, SyncBeforeAcknowledge: true));

    private string Middle => RottenLog.PathOf(_rotten.Bases[1]);

    private string Newest => RottenLog.PathOf(_rotten.Bases[^1]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_segment_in_the_middle_that_is_gone_shows(bool isBelieved)
    {
        var reason = _rotten.OpenWith(Middle, null, isBelieved);

        Assert.Contains($"{Middle} in", reason);
        Assert.Contains("is missing", reason);
    }

    [Fact]
    public void A_segment_in_the_middle_that_is_gone_with_all_its_files_shows_when_what_is_before_is_read()
    {
        var indexes = Middle[..^LogFileNames.SegmentSuffix.Length];
        var all = _rotten.Files("").Select(static file => file.Path).Where(path => path.StartsWith(indexes));
        Assert.Null(_rotten.OpenWithout([.. all]));

        var found = _rotten.ReadAll();
        Assert.InRange(found.End, 0, _rotten.Bases[1] - 1);
        Assert.Contains($"the next segment begins at {_rotten.Bases[2]}", found.Damage);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_newest_segment_that_is_gone_shows_where_it_was_known_to_be_durable(bool isBelieved)
    {
        var reason = _rotten.OpenWith(Newest, null, isBelieved);

        if (isBelieved)
        {
            Assert.Contains($"ends at offset {_rotten.Bases[^1]}", reason);
            return;
        }
        // Nothing says that there was more.
        Assert.Null(reason);
        Assert.Equal(_rotten.Bases[^1], _rotten.Machine.Log.EndOffset.Value);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_index_of_aborted_transactions_that_is_gone_is_made_anew_before_it_is_needed(bool isFirst)
    {
        var all = _rotten.Files(LogFileNames.AbortedIndexSuffix).Select(static file => file.Path).ToList();
        Assert.NotEmpty(all);
        Assert.Null(_rotten.OpenWithout(isFirst ? all[..1] : all));

        new LogScrutiny(_rotten.Machine, _rotten.Model).LookAtAll(new Prng(1));
    }

    [Fact]
    public void A_clean_stop_vouches_for_the_recovery_point()
    {
        var all = _rotten.Files("").Select(static file => file.Path)
            .Where(static path => path.StartsWith(LogMachine.Directory));

        Assert.Contains("ends at offset 0", _rotten.OpenWithout([.. all]));
    }

    [Fact]
    public void A_closed_segment_that_is_short_shows()
    {
        var content = _rotten.Machine.Device.Contents(Middle)!;
        for (var length = 0; length < content.Length; length += 7)
        {
            var reason = _rotten.OpenWith(Middle, content[..length], isBelieved: false);
            Assert.Contains(Middle, reason);
        }
    }

    [Fact]
    public void The_newest_segment_that_is_short_shows_where_it_was_known_to_be_durable()
    {
        var content = _rotten.Machine.Device.Contents(Newest)!;
        for (var length = 0; length < content.Length; length += 7)
        {
            var reason = _rotten.OpenWith(Newest, content[..length], isBelieved: true);
            Assert.NotNull(reason);
        }
    }

    [Fact]
    public void A_segment_of_another_partition_shows_by_its_offsets_or_epochs()
    {
        var other = _rotten.Machine.Device.Contents(RottenLog.PathOf(_rotten.Bases[0]))!;
        Assert.Contains(Middle, _rotten.OpenWith(Middle, other, isBelieved: false));

        var later = _rotten.Machine.Device.Contents(Middle) is null
            ? throw new InvalidOperationException("the segment is gone")
            : WithEpoch(_rotten.Files(Middle).Single().Content, 9);
        var reason = _rotten.OpenWith(Middle, later, isBelieved: false);
        Assert.Contains(Middle, reason);
        Assert.Contains("leader epoch 9", reason);
    }

    /// <summary>The same offsets under a leader that this partition has never had.</summary>
    private static byte[] WithEpoch(byte[] segment, int epoch)
    {
        var changed = (byte[])segment.Clone();
        for (var at = 0; at < changed.Length;)
        {
            var batch = StoredBatch.Read(changed.AsSpan(at));
            StoredBatch.Place(changed.AsSpan(at), batch.BaseOffset, new LeaderEpoch(epoch));
            at += batch.SizeBytes;
        }
        return changed;
    }
}
