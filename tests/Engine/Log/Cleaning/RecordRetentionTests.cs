using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Cleaning;

public sealed class RecordRetentionTests
{
    private static readonly RemovalRule Rule = new(NowMs: 1000, RemovableBelow: new Offset(50));

    [Theory]
    [InlineData(10, true, true, -1, true)]      // nothing newer is known
    [InlineData(10, true, true, 10, true)]      // the newest itself
    [InlineData(10, true, true, 9, true)]
    [InlineData(10, true, true, 11, false)]
    [InlineData(10, false, true, -1, false)]    // no key
    [InlineData(99, true, true, 99, true)]
    [InlineData(100, false, true, -1, true)]    // not mapped
    [InlineData(100, true, true, 105, true)]
    public void The_newest_record_of_a_key_stays(
        long offset, bool hasKey, bool hasValue, long newest, bool isKept)
    {
        var record = new CleanedRecord(new Offset(offset), hasKey, hasValue, new Offset(newest), null);

        Assert.Equal(isKept, RecordRetention.ShouldRetain(record, mappedEnd: new Offset(100), Rule));
    }

    [Theory]
    [InlineData(10, null, true)]     // met for the first time
    [InlineData(10, 1001L, true)]
    [InlineData(10, 1000L, false)]
    [InlineData(49, 1000L, false)]
    [InlineData(50, 1000L, true)]    // a replica may not have passed it
    [InlineData(100, 1L, true)]      // not mapped
    public void P4_a_tombstone_goes_when_its_horizon_is_over_and_every_replica_has_passed_it(
        long offset, long? horizonMs, bool isKept)
    {
        var at = new Offset(offset);
        var record = new CleanedRecord(at, true, HasValue: false, NewestForKey: at, horizonMs);

        Assert.Equal(isKept, RecordRetention.ShouldRetain(record, mappedEnd: new Offset(100), Rule));
    }

    [Fact]
    public void With_one_replica_every_tombstone_may_go()
    {
        var rule = Rule with { RemovableBelow = new Offset(long.MaxValue) };
        var record = new CleanedRecord(new Offset(99), true, HasValue: false, Offset.None, 1000);

        Assert.False(RecordRetention.ShouldRetain(record, mappedEnd: new Offset(100), rule));
    }

    [Theory]
    [InlineData("data", false, null, "keep")]
    [InlineData("data", true, null, "drop")]               // aborted
    [InlineData("marker", false, 1000L, "keep")]           // P5: records of its transaction are there
    [InlineData("marker", true, null, "keep+horizon")]     // met without them for the first time
    [InlineData("marker", true, 1001L, "keep")]
    [InlineData("marker", true, 1000L, "drop")]
    public void P5_a_marker_outlives_its_records_by_the_retention(
        string what, bool isSettled, long? horizonMs, string expected)
    {
        var batch = new CleanedBatch(new Offset(10), what == "marker", isSettled, false, false, horizonMs);
        var keeping = BatchRetention.Of(batch, Rule);
        var text = (keeping.KeepsRecords ? "keep" : "drop") + (keeping.StartsHorizon ? "+horizon" : "");

        Assert.Equal(expected, text);
        Assert.False(keeping.KeepsHeader);
    }

    [Fact]
    public void P5_a_marker_that_a_replica_may_not_have_passed_stays()
    {
        var batch = new CleanedBatch(new Offset(50), true, IsSettled: true, false, false, 1);

        Assert.True(BatchRetention.Of(batch, Rule).KeepsRecords);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void P5_the_last_batch_of_a_producer_or_a_segment_stays_as_a_header(bool ofProducer, bool ofGroup)
    {
        var batch = new CleanedBatch(new Offset(10), false, IsSettled: true, ofProducer, ofGroup, null);

        Assert.Equal(new BatchKeeping(false, true, false), BatchRetention.Of(batch, Rule));
    }
}
