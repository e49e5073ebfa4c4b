using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Models.Logs;
using Xunit;

namespace Testbed.Tests.Sim.Logs;

/// <summary>Each comparison of compaction and retention fires when what it compares is wrong.</summary>
public sealed class PlantedCleaningBugTests
{
    private const string Filled = "AppendInTransaction:49 Append:476 EndTransaction:350 "
        + "AppendInTransaction:455 Burst:153 EndTransaction:446 EndTransaction:651 Settle:811 CatchUp:893";

    private static readonly LogSettings Small = new(900, 60, SyncBeforeAcknowledge: true)
    {
        FileDeleteDelayMs = 5,
        IsCompacted = true,
    };

    private static readonly LogStep Compact = new(LogStepKind.Compact, 54);

    [Fact]
    public void Without_a_mistake_nothing_is_found()
    {
        var twins = Fill();
        twins.Do(Compact);
        twins.Do(new LogStep(LogStepKind.PowerCut, 4));
        twins.End();
        Assert.True(twins.Model.CleanedEnd > Offset.Zero);
    }

    [Theory]
    [InlineData(".log.cleaned")]
    [InlineData(LogMachine.Directory)]
    public void A_swap_whose_files_or_names_are_not_synced_is_found(string suffix)
    {
        var twins = Fill();
        twins.Machine.Device.Faults = new LyingSyncs(
            twins.Machine.Device,
            path => path.EndsWith(suffix) || (suffix == LogMachine.Directory && path.StartsWith(suffix)));
        twins.Do(Compact);
        twins.Machine.Device.Faults = null;
        Assert.Throws<LogPromiseBrokenException>(() => twins.Do(new LogStep(LogStepKind.PowerCut, 4)));
    }

    [Fact]
    public void A_latest_value_that_is_dropped_is_found() => Fires(
        "is missing", static batch => Without(batch, static record => record.Value is not null));

    [Fact]
    public void A_tombstone_that_is_dropped_before_its_horizon_is_found() => Fires(
        "is missing", static batch => Without(batch, static record => record.IsTombstone));

    [Fact]
    public void A_horizon_that_comes_too_early_is_found() => Fires(
        "delete horizon", static batch => batch.HorizonMs is { } horizonMs
            ? batch with { HorizonMs = horizonMs - 1, Bytes = Other(batch) }
            : batch);

    [Fact]
    public void A_record_of_another_time_is_found() => Fires("is missing", static batch => batch with
    {
        Records = [.. batch.Records.Select(static record => record with { TimestampMs = 5 })],
        Bytes = Other(batch),
    });

    [Fact]
    public void A_batch_of_another_producer_epoch_is_found() => Fires("is not the batch", static batch =>
        batch.Stamp is { } stamp
            ? batch with { Stamp = stamp with { Epoch = 9 }, Bytes = Other(batch) }
            : batch);

    [Fact]
    public void A_last_batch_that_is_dropped_is_found() => FiresOn("the last of its kind", static segments =>
        [.. segments.Select(static segment => segment with
        {
            Batches = [.. segment.Batches.Where(static batch => batch.Records.Count > 0)],
        })]);

    [Fact]
    public void Segments_that_are_left_as_they_were_are_found()
    {
        var twins = Fill();
        var old = twins.Machine.Sealed();
        twins.Machine.OtherSealed = _ => old;
        Breaks(twins, Compact, "is still there");
    }

    /// <summary>The first part of a segment is compacted, the rest is as it was.</summary>
    [Fact]
    public void A_segment_that_is_partly_old_is_found()
    {
        var twins = Fill();
        var old = twins.Model.Batches;
        twins.Machine.OtherSealed = segments => [.. segments.Select(segment => segment with
        {
            Batches =
            [
                .. segment.Batches.Take(1),
                .. old.Where(batch => batch.BaseOffset >= segment.Batches[0].EndOffset
                    && batch.BaseOffset < segment.End),
            ],
        })];
        Breaks(twins, Compact, "is still there");
    }

    [Fact]
    public void A_checkpoint_that_takes_dirty_records_for_clean_is_found()
    {
        var twins = Fill();
        twins.Machine.Place.CleanerPoints.Set(LogMachine.Name, new Offset(2));
        Breaks(twins, Compact, "for clean");
    }

    [Fact]
    public void Retention_above_the_high_watermark_is_found()
    {
        var found = 0;
        for (var key = 0; key < 20; key++)
        {
            var twins = new LogTwins(3, Small);
            foreach (var step in LogStep.Parse("Burst:1 Burst:2 Burst:3 Settle:4"))
            {
                twins.Do(step);
            }
            twins.Retentions.Told = _ => twins.Model.Written;
            try
            {
                twins.Do(new LogStep(LogStepKind.Retain, key));
            }
            catch (LogPromiseBrokenException broken)
            {
                Assert.Contains("the first segment is", broken.Message);
                found++;
            }
        }
        Assert.True(found > 0);
    }

    private static void Fires(string expected, Func<ModelBatch, ModelBatch> change) =>
        FiresOn(expected, segments => [.. segments.Select(segment =>
            segment with { Batches = [.. segment.Batches.Select(change)] })]);

    private static void FiresOn(string expected, Func<List<ModelSegment>, List<ModelSegment>> change)
    {
        var twins = Fill();
        twins.Machine.OtherSealed = change;
        Breaks(twins, Compact, expected);
    }

    private static void Breaks(LogTwins twins, LogStep step, string expected)
    {
        var broken = Assert.Throws<LogPromiseBrokenException>(() => twins.Do(step));
        Assert.Contains(expected, broken.Message);
    }

    private static ModelBatch Without(ModelBatch batch, Predicate<ModelEntry> isDropped) => batch with
    {
        Records = [.. batch.Records.Where(record => batch.IsControl || !isDropped(record))],
        Bytes = Other(batch),
    };

    /// <summary>Bytes that are not those of before: the segment has changed.</summary>
    private static byte[] Other(ModelBatch batch) => new byte[batch.Bytes.Length + 1];

    private static LogTwins Fill()
    {
        var twins = new LogTwins(7, Small);
        foreach (var step in LogStep.Parse(Filled))
        {
            twins.Do(step);
        }
        return twins;
    }
}
