using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

/// <summary>The indexes of a segment, made from its batches, are Kafka's files to the byte.</summary>
public sealed class SegmentIndexesGoldenTests
{
    private const int IntervalBytes = 512;            // log.index.interval.bytes of every golden node
    private const int PreallocatedBytes = 4096;       // killed or deleted while it was written to
    private const int PreallocatedTimesBytes = 4092;
    private const int MetadataIntervalBytes = 4096;   // the metadata log takes the default

    /// <summary>
    /// Segments that a broker closed and opened again, and the first offset that came after that: the bytes
    /// before the next entry were counted from there.
    /// </summary>
    private static readonly Dictionary<string, long> Reopened = new()
    {
        ["cluster3-clean/data1/__cluster_metadata-0"] = 153,
        ["cluster3-clean/data1/__consumer_offsets-1"] = 2,
        ["cluster3-clean/data1/__transaction_state-0"] = 5,
        ["cluster3-clean/data1/moving-0"] = 80,
        ["cluster3-clean/data1/replicated-0"] = 90,
        ["cluster3-clean/data1/replicated-1"] = 90,
        ["cluster3-clean/data1/replicated-2"] = 89,
        ["cluster3-clean/data2/__cluster_metadata-0"] = 74,
        ["cluster3-clean/data2/__consumer_offsets-1"] = 2,
        ["cluster3-clean/data2/__transaction_state-0"] = 5,
        ["cluster3-clean/data2/replicated-0"] = 60,
        ["cluster3-clean/data2/replicated-1"] = 59,
        ["cluster3-clean/data2/replicated-2"] = 60,
        ["single-damaged/data1/__cluster_metadata-0"] = 66,
        ["single-killed-reopened/data1/__cluster_metadata-0"] = 66,
    };

    public static TheoryData<string> Segments => new(GoldenLogs.Segments
        .Where(static segment => !segment.Path.StartsWith("single-damaged/before/"))
        .Where(static segment => segment.Beside(".index") is not null)
        .Select(static segment => segment.Path));

    [Fact]
    public void All_segments_with_indexes_are_looked_at() => Assert.Equal(145, Segments.Count);

    [Theory]
    [MemberData(nameof(Segments))]
    public void Indexes_made_from_the_batches_are_those_of_Kafka(string path)
    {
        var segment = GoldenLogs.Find(path)!;
        var offsets = segment.Beside(".index")!.Bytes;
        var times = segment.Beside(".timeindex")!.Bytes;
        var isPreallocated = offsets.Length == PreallocatedBytes;
        var isDeleted = segment.Path.Contains("-delete/");

        var made = Make(segment);
        if (!isPreallocated || isDeleted)
        {
            made.Seal();
        }

        Assert.Equal(Padded(made.Offsets.Bytes, isPreallocated ? PreallocatedBytes : 0), offsets);
        Assert.Equal(Padded(made.Times.Bytes, isPreallocated ? PreallocatedTimesBytes : 0), times);
    }

    /// <summary>
    /// An index that is still written to has its full size, zeros behind its entries. Reading passes over
    /// them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Segments))]
    public void Index_files_are_read_with_their_padding(string path)
    {
        var segment = GoldenLogs.Find(path)!;
        var end = StoredBatches.Of(segment.Bytes).Select(static batch => batch.Header.EndOffset)
            .LastOrDefault(segment.Offset);

        var offsets = OffsetIndex.TryParse(
            segment.Offset, segment.Beside(".index")!.Bytes, segment.Bytes.Length, out var problem);
        Assert.Equal("", problem);
        var times = TimeIndex.TryParse(segment.Offset, segment.Beside(".timeindex")!.Bytes, end, out problem);
        Assert.Equal("", problem);
        Assert.True(segment.Beside(".index")!.Bytes.AsSpan().StartsWith(offsets!.Bytes.Span));
        Assert.True(segment.Beside(".timeindex")!.Bytes.AsSpan().StartsWith(times!.Bytes.Span));
    }

    private static SegmentIndexes Make(GoldenLogFile segment)
    {
        var interval = segment.Folder.Contains("__cluster_metadata") ? MetadataIntervalBytes : IntervalBytes;
        var reopenedAt = segment.Offset == Offset.Zero
            ? Reopened.GetValueOrDefault(segment.Folder, long.MaxValue)
            : long.MaxValue;
        var made = new SegmentIndexes(segment.Offset, interval);
        foreach (var (position, header, _) in StoredBatches.Of(segment.Bytes))
        {
            if (header.BaseOffset.Value == reopenedAt)
            {
                made.Seal();
                made = new SegmentIndexes(made.Offsets, made.Times, interval);
            }
            made.OnBatch(header.Span, position);
        }
        return made;
    }

    private static byte[] Padded(ReadOnlyMemory<byte> bytes, int size)
    {
        var padded = new byte[Math.Max(bytes.Length, size)];
        bytes.CopyTo(padded);
        return padded;
    }
}
