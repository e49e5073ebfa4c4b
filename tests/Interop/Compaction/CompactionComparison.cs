using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Compression;
using Testbed.Log;
using Testbed.Tests.Engine.Log.Cleaning;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// What Kafka has made of a log beside what we make of it: every batch with every field and record; and every
/// byte of a file, indexes too, as long as no batch in it was packed anew, which our codecs do in their way.
/// </summary>
internal sealed class CompactionComparison(SegmentFolder before, SegmentFolder kafka, long firstDirty)
{
    private const int EmptyBatchBytes = 61;

    private static readonly CleanSettings Settings = CleanSettings.Default with
    {
        SegmentBytes = 3000, IndexIntervalBytes = 300, DeleteRetentionMs = 2000,
    };

    private int _equalFiles;
    private int _extraBatches;

    /// <summary>Compares, and says what there was to compare.</summary>
    public string Run()
    {
        var ours = OurCompaction.Of(before, firstDirty, CleanedAtMs(), Settings);
        Assert.Equal(kafka.Bases, ours.Bases);
        foreach (var segmentBase in kafka.Bases.SkipLast(1))
        {
            CompareSegment(ours, segmentBase);
        }
        var all = kafka.Bases.SelectMany(one => TestBatch.ReadAll(kafka.Content(one, ".log"))).ToList();
        return $"{all.Count} batches, {all.Count(static batch => batch.Records.Count == 0)} empty, "
            + $"{all.Count(static batch => batch.HorizonMs is not null)} with horizon, "
            + $"{all.Count(static batch => batch.IsMarker)} markers; {_equalFiles} files equal, "
            + $"{_extraBatches} empty batches kept by us alone";
    }

    /// <summary>
    /// When Kafka cleaned: a horizon that it has set then is that and delete.retention.ms.
    /// </summary>
    private long CleanedAtMs()
    {
        var known = Horizons(before).ToHashSet();
        var begun = Horizons(kafka).Where(one => !known.Contains(one)).Distinct();
        return begun.Single() - Settings.DeleteRetentionMs;
    }

    private void CompareSegment(SegmentFolder ours, long segmentBase)
    {
        var theirs = kafka.Content(segmentBase, ".log");
        var our = ours.Content(segmentBase, ".log");
        var theirBatches = TestBatch.ReadAll(theirs);
        var ourBatches = TestBatch.ReadAll(our);
        var hasExtra = ourBatches.Count == theirBatches.Count + 1;
        if (hasExtra)
        {
            // The last batch of a segment stays with us also where it is not the last of all.
            Assert.NotEqual(segmentBase, kafka.Bases[^2]);
            Assert.Empty(ourBatches[^1].Records);
            ourBatches.RemoveAt(ourBatches.Count - 1);
            _extraBatches++;
        }
        Assert.Equal(theirBatches.Select(Line), ourBatches.Select(Line));
        if (theirBatches.Exists(static batch => batch.Codec != CompressionCodec.None))
        {
            return;
        }
        Assert.Equal(theirs, our[..^(hasExtra ? EmptyBatchBytes : 0)]);
        foreach (var kind in hasExtra ? [".txnindex"] : new[] { ".index", ".timeindex", ".txnindex" })
        {
            var (their, own) = (kafka.Content(segmentBase, kind), ours.Content(segmentBase, kind));
            AssertEqual(their, own, segmentBase + kind);
            _equalFiles++;
        }
        _equalFiles++;
    }

    private static void AssertEqual(byte[] theirs, byte[] ours, string name) => Assert.True(
        theirs.AsSpan().SequenceEqual(ours),
        $"{name}: Kafka has {Convert.ToHexString(theirs)}, we have {Convert.ToHexString(ours)}");

    private static IEnumerable<long> Horizons(SegmentFolder folder) => folder.Bases
        .SelectMany(one => TestBatch.ReadAll(folder.Content(one, ".log")))
        .Where(static batch => batch.HorizonMs is not null)
        .Select(static batch => batch.HorizonMs!.Value);

    private static string Line(TestBatch batch) => batch.ToString();
}
