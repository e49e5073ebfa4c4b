using System;
using System.Linq;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>Records made by hand, right and wrong in one place each.</summary>
public sealed class RecordReaderTests
{
    // length attributes time-delta offset-delta key value header-count headers
    private const string Good = "10 00 00 00 02 6B 02 76 00";

    [Theory]
    [InlineData(Good, 1, RecordFault.None)]
    [InlineData("12 00 00 00 02 6B 02 76 02 02", 1, RecordFault.HeaderCount)]
    [InlineData("16 00 00 00 02 6B 02 76 02 02 68 01", 1, RecordFault.None)]
    [InlineData("", 0, RecordFault.None)]
    [InlineData("", -1, RecordFault.CountNegative)]
    [InlineData("", int.MinValue, RecordFault.CountNegative)]
    [InlineData("", 1, RecordFault.TooFewRecords)]
    [InlineData(Good, 2, RecordFault.TooFewRecords)]
    [InlineData(Good, int.MaxValue, RecordFault.TooFewRecords)]
    [InlineData(Good, 0, RecordFault.BytesAfterRecords)]
    [InlineData(Good + "00", 1, RecordFault.BytesAfterRecords)]
    [InlineData("01 00 00 00 02 6B 02 76 00", 1, RecordFault.RecordLength)]
    [InlineData("12 00 00 00 02 6B 02 76 00", 1, RecordFault.RecordLength)]
    [InlineData("FE FF FF FF 0F 00 00 00 02", 1, RecordFault.RecordLength)]
    [InlineData("80", 1, RecordFault.RecordLength)]
    [InlineData("FF FF FF FF 7F 00", 1, RecordFault.NumberTooWide)]
    [InlineData("0E 00 00 00 02 6B 02 76 00", 1, RecordFault.FieldBeyondRecord)]
    [InlineData("00", 1, RecordFault.FieldBeyondRecord)]
    [InlineData("02 00", 1, RecordFault.FieldBeyondRecord)]
    [InlineData("10 00 00 00 08 6B 02 76 00", 1, RecordFault.FieldBeyondRecord)]
    [InlineData("18 00 00 00 FE FF FF FF 0F 6B 02 76 00", 1, RecordFault.FieldBeyondRecord)]
    [InlineData("12 00 00 00 02 6B 02 76 00 00", 1, RecordFault.BytesAfterHeaders)]
    [InlineData("0E 00 00 00 01 02 76 00", 1, RecordFault.None)]
    [InlineData("0E 00 00 00 03 02 76 00", 1, RecordFault.FieldLength)]
    [InlineData("0E 00 00 00 02 6B 05 00", 1, RecordFault.FieldLength)]
    [InlineData("18 00 00 80 80 80 80 10 02 6B 02 76 00", 1, RecordFault.NumberTooWide)]
    [InlineData("24 00 80 80 80 80 80 80 80 80 80 02 00 02 6B 02 76 00 00", 1, RecordFault.NumberTooWide)]
    [InlineData("10 00 00 00 02 6B 02 76 01", 1, RecordFault.HeaderCount)]
    [InlineData("18 00 00 00 02 6B 02 76 FE FF FF FF 0F", 1, RecordFault.HeaderCount)]
    [InlineData("14 00 00 00 02 6B 02 76 02 01 01", 1, RecordFault.HeaderKeyNull)]
    [InlineData("14 00 00 00 02 6B 02 76 02 00 03", 1, RecordFault.FieldLength)]
    [InlineData("14 00 00 00 02 6B 02 76 02 00 04", 1, RecordFault.FieldBeyondRecord)]
    public void A_fault_in_a_record_is_found_and_named(string hex, int count, RecordFault expected)
    {
        var reader = new RecordReader(Convert.FromHexString(hex.Replace(" ", "")), count);
        while (reader.TryRead(out _))
        {
        }
        Assert.Equal(expected, reader.Fault);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(expected, reader.Fault);
    }

    [Fact]
    public void Null_and_empty_are_different()
    {
        var batch = Batches.Of(
            null,
            new SampleRecord(1, (string?)null, null),
            new SampleRecord(2, "", ""),
            new SampleRecord(3, [], null, [([], null), ([], []), ([1], [2, 3])]));
        Assert.Equal(
            ["1 null=null", "2 []=[]", "3 []=null []:null []:[] [01]:[0203]"],
            Batches.Read(batch).Select(record => record.ToString()));
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var header = (Batches.Utf8("trace"), (byte[]?)Batches.Utf8("id"));
        var records =
            Enumerable.Range(0, 100).Select(i => new SampleRecord(i, [1], [2], [header, header])).ToArray();
        var batch = Batches.Of(null, records);
        var first = Walk(batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = Walk(batch);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(first, second);
        Assert.Equal(200, first);
    }

    [Fact]
    public void Batches_that_follow_one_another_are_walked_up_to_what_is_none()
    {
        byte[] bytes = [.. Batches.Of(2), .. Batches.Of(1), .. Batches.Of(3)];
        Assert.Equal((3, BatchFraming.Partial, 0), WalkBatches(bytes));
        Assert.Equal((2, BatchFraming.Partial, Batches.Of(3).Length - 1), WalkBatches(bytes[..^1]));
        byte[] zeros = [.. bytes, .. new byte[100]];
        Assert.Equal((3, BatchFraming.LengthTooSmall, 100), WalkBatches(zeros));
    }

    private static (int Count, BatchFraming Ending, int RestBytes) WalkBatches(byte[] bytes)
    {
        var reader = new RecordBatchReader(bytes);
        var count = 0;
        while (reader.TryRead(out _))
        {
            count++;
        }
        return (count, reader.Ending.Framing, reader.Rest.Length);
    }

    private static int Walk(byte[] bytes)
    {
        var batch = new RecordBatch(bytes);
        var reader = new RecordReader(batch.Body, batch.RecordsCount);
        var headerCount = 0;
        while (reader.TryRead(out var record))
        {
            foreach (var header in record.Headers)
            {
                headerCount += header.Value.IsNull ? 0 : 1;
            }
        }
        return headerCount;
    }
}
