using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Testbed.Tests.Interop;

/// <summary>
/// Compares what was written with what was read: every byte, every offset, every partition.
/// </summary>
internal static class ExchangeCheck
{
    /// <param name="sent">In the order of sending.</param>
    /// <param name="read">In the order of offsets within a partition.</param>
    /// <param name="during">When it was written, for records whose time is that of the writing.</param>
    /// <param name="reader">Who read, for the message.</param>
    public static void Same(
        IReadOnlyList<ExchangeRecord> sent,
        IReadOnlyList<ExchangeRecord> read,
        (DateTimeOffset From, DateTimeOffset Until)? during,
        string reader)
    {
        var sentBy = ByPartition(sent);
        var readBy = ByPartition(read);
        Assert.True(sentBy.Keys.SequenceEqual(readBy.Keys), $"{reader} finds records in other partitions");
        foreach (var (partition, expected) in sentBy)
        {
            SamePartition(expected, readBy[partition], during, $"{reader}, partition {partition}");
        }
    }

    private static SortedDictionary<int, List<ExchangeRecord>> ByPartition(
        IEnumerable<ExchangeRecord> records) =>
        new(records
            .GroupBy(static record => record.Partition)
            .ToDictionary(static one => one.Key, static one => one.ToList()));

    private static void SamePartition(
        List<ExchangeRecord> sent,
        List<ExchangeRecord> read,
        (DateTimeOffset From, DateTimeOffset Until)? during,
        string where)
    {
        for (var i = 0; i < Math.Min(sent.Count, read.Count); i++)
        {
            var expected = sent[i] with { Offset = i };
            var found = read[i];
            if (during is { } window)
            {
                Assert.InRange(
                    found.Timestamp,
                    window.From.ToUnixTimeMilliseconds(),
                    window.Until.ToUnixTimeMilliseconds());
                found = found with { Timestamp = expected.Timestamp };
            }
            Assert.True(
                expected.ToLine() == found.ToLine(),
                $"{where}, offset {i}:{Environment.NewLine}wrote {expected.ToLine()}{Environment.NewLine}"
                    + $"read  {found.ToLine()}");
        }
        Assert.True(sent.Count == read.Count, $"{where}: wrote {sent.Count} records, read {read.Count}");
    }
}
