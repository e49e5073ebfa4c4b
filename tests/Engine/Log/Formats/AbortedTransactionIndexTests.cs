using System;
using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Log;
using Xunit;

namespace Testbed.Tests.Engine.Log.Formats;

public sealed class AbortedTransactionIndexTests
{
    private readonly AbortedTransactionIndex _index = new();

    public AbortedTransactionIndexTests()
    {
        _index.Add(Aborted(1, 10, 20, 5));      // another one, open since 5, holds it back
        _index.Add(Aborted(2, 12, 30, 31));
        _index.Add(Aborted(1, 40, 50, 45));
        _index.Add(Aborted(3, 45, 60, 61));
    }

    [Theory]
    [InlineData(0, 10, "", true)]       // entry 1 is stable beyond 10
    [InlineData(0, 11, "10", true)]
    [InlineData(0, 31, "10 12", true)]
    [InlineData(20, 31, "10 12", true)]
    [InlineData(21, 31, "12", true)]
    [InlineData(31, 40, "", true)]
    [InlineData(31, 46, "40 45", true)]
    [InlineData(31, 61, "40 45", true)]
    [InlineData(31, 62, "40 45", false)]
    [InlineData(61, 70, "", false)]
    public void Transactions_with_records_in_the_range_are_collected(
        long from, long bound, string firsts, bool isComplete)
    {
        var found = new List<AbortedTransaction>();

        _index.Collect(new Offset(from), new Offset(bound), found, out var isDone);

        Assert.Equal(firsts, string.Join(' ', found.Select(static aborted => aborted.First)));
        Assert.Equal(isComplete, isDone);
    }

    [Theory]
    [InlineData(20, 0)]
    [InlineData(21, 1)]
    [InlineData(50, 2)]
    [InlineData(61, 4)]
    public void Truncating_drops_those_whose_marker_is_not_below(long end, int kept)
    {
        _index.TruncateTo(new Offset(end));

        Assert.Equal(kept, _index.Count);
    }

    [Fact]
    public void Every_golden_index_is_read_and_comes_out_the_same()
    {
        var files = GoldenLogs.With(".txnindex").ToList();

        Assert.True(files.Count >= 20, $"{files.Count} files");
        foreach (var file in files)
        {
            var index = AbortedTransactionIndex.TryParse(file.Offset, file.Bytes, out var problem);
            Assert.Equal("", problem);
            var copy = new AbortedTransactionIndex();
            foreach (var i in Enumerable.Range(0, index!.Count))
            {
                copy.Add(index.At(i));
            }
            Assert.Equal(file.Bytes, copy.Bytes.ToArray());
        }
    }

    [Fact]
    public void What_cannot_be_such_an_index_is_refused()
    {
        var bytes = _index.Bytes.ToArray();

        Assert.NotNull(AbortedTransactionIndex.TryParse(new Offset(20), bytes, out _));
        Assert.Null(AbortedTransactionIndex.TryParse(new Offset(21), bytes, out var problem));
        Assert.Contains("entry 0 ends at 20, which does not come after 20", problem);
        Assert.Null(AbortedTransactionIndex.TryParse(Offset.Zero, bytes.AsMemory(1), out _));
        bytes[35] = 1;
        Assert.Null(AbortedTransactionIndex.TryParse(Offset.Zero, bytes, out problem));
        Assert.Contains("entry 1 has version 1", problem);
        Assert.Null(AbortedTransactionIndex.TryParse(Offset.Zero, new byte[34], out problem));
        Assert.Contains("begins at 0, ends at 0", problem);
    }

    private static AbortedTransaction Aborted(long id, long first, long last, long lastStable) =>
        new(new ProducerId(id), new Offset(first), new Offset(last), new Offset(lastStable));
}
