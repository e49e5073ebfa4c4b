using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

public sealed class SegmentIndexesTests
{
    private readonly SegmentIndexes _indexes = new(new Offset(100), 250);
    private long _offset = 100;
    private int _position;

    [Fact]
    public void A_batch_has_an_entry_when_more_than_the_interval_has_come_before_it()
    {
        Write(125, 1);
        Write(125, 2);
        Write(10, 3);
        Assert.Equal(0, _indexes.Offsets.Count);
        Write(300, 4);
        Write(10, 5);

        Assert.Equal(
            [new OffsetPosition(new Offset(103), 260), new OffsetPosition(new Offset(104), 560)],
            Enumerable.Range(0, _indexes.Offsets.Count).Select(_indexes.Offsets.At));
    }

    [Fact]
    public void The_time_entry_has_the_batchs_own_timestamp_if_that_is_the_latest()
    {
        Write(300, 7);
        Write(300, 9);
        Write(300, 8);

        Assert.Equal(1, _indexes.Times.Count);
        Assert.Equal(new TimeIndexEntry(9, new Offset(101)), _indexes.Times.Last);
    }

    [Fact]
    public void A_sealed_segment_has_an_entry_of_its_latest_record()
    {
        Write(10, 7);
        Write(10, 9);
        Write(10, 8);
        _indexes.Seal();
        _indexes.Seal();

        Assert.Equal(1, _indexes.Times.Count);
        Assert.Equal(new TimeIndexEntry(9, new Offset(101)), _indexes.Times.Last);
        Assert.Equal((9, new Offset(101)), (_indexes.MaxTimestampMs, _indexes.MaxTimestampOffset));
    }

    [Fact]
    public void Truncating_forgets_entries_and_counts_anew()
    {
        Write(300, 7);
        Write(300, 9);
        Write(300, 11);
        _indexes.TruncateTo(new Offset(102));
        _offset = 102;
        _position = 600;
        Write(10, 8);

        Assert.Equal(new OffsetPosition(new Offset(101), 300), _indexes.Offsets.Last);
        Assert.Equal((9, new Offset(101)), (_indexes.MaxTimestampMs, _indexes.MaxTimestampOffset));
    }

    [Fact]
    public void A_batch_kept_by_truncation_is_remembered_though_it_has_no_entry()
    {
        Write(10, 9);
        Write(300, 5);
        _indexes.TruncateTo(new Offset(101));
        Assert.Equal(-1, _indexes.MaxTimestampMs);
        _indexes.OnKept(new BatchSpan(new Offset(100), new Offset(101), 10, 9));
        _offset = 101;
        _position = 10;
        Write(300, 5);
        _indexes.Seal();

        Assert.Equal(new TimeIndexEntry(9, new Offset(100)), _indexes.Times.Last);
        Assert.Equal(0, _indexes.Offsets.Count);
    }

    [Fact]
    public void One_time_entry_is_kept_free_for_the_seal()
    {
        Assert.False(_indexes.IsFull(36));
        Write(300, 7);
        Write(300, 9);
        Write(300, 11);

        Assert.True(_indexes.IsFull(36));
        Assert.False(_indexes.IsFull(48));
        _indexes.TruncateTo(new Offset(102));
        Assert.True(_indexes.IsFull(15));
    }

    private void Write(int sizeBytes, long timestampMs)
    {
        var batch = new BatchSpan(new Offset(_offset), new Offset(_offset + 1), sizeBytes, timestampMs);
        _indexes.OnBatch(batch, _position);
        _offset++;
        _position += sizeBytes;
    }
}
