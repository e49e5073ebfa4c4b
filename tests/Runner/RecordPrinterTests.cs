using System;
using System.CommandLine;
using System.IO;
using System.Text;
using Testbed.Client;
using Testbed.Foundation;
using Testbed.Runner;
using Testbed.Wire.Records;
using Xunit;

namespace Testbed.Tests.Runner;

public sealed class RecordPrinterTests
{
    private static readonly ConsumedRecord Full = new(
        new Offset(7), 1234, TimestampType.CreateTime, "k"u8.ToArray(), "v"u8.ToArray(),
        [new ConsumedHeader("a", "1"u8.ToArray()), new ConsumedHeader("b", null)]);

    private static readonly ConsumedRecord Bare = new(
        new Offset(8), -1, TimestampType.LogAppendTime, null, null, []);

    /// <summary>The lines of kafka-console-consumer.sh 4.3.1 for the same records.</summary>
    [Theory]
    [InlineData("", "v", "null")]
    [InlineData("print.key=true", "k\tv", "null\tnull")]
    [InlineData("print.key=true print.value=false", "k", "null")]
    [InlineData("print.key=true key.separator==>", "k=>v", "null=>null")]
    [InlineData(
        "print.timestamp=true print.partition=true print.offset=true print.headers=true print.key=true",
        "CreateTime:1234\tPartition:3\tOffset:7\ta:1,b:null\tk\tv",
        "NO_TIMESTAMP\tPartition:3\tOffset:8\tNO_HEADERS\tnull\tnull")]
    [InlineData("print.headers=true headers.separator=; null.literal=-", "a:1;b:-\tv", "NO_HEADERS\t-")]
    public void Records_are_printed_as_Kafkas_consumer_prints_them(
        string properties, string full, string bare)
    {
        using var output = new MemoryStream();
        var printer = new PlainRecordPrinter(output, Style(properties));
        printer.Print("t", 3, Full);
        printer.Print("t", 3, Bare);
        Assert.Equal($"{full}\n{bare}\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Values_that_are_no_text_are_printed_byte_by_byte()
    {
        using var output = new MemoryStream();
        byte[] value = [0xFF, 0, 0x0A, 0xFE];
        new PlainRecordPrinter(output, Style("")).Print("t", 0, Full with { Value = value });
        Assert.Equal([.. value, (byte)'\n'], output.ToArray());
    }

    [Fact]
    public void A_record_in_JSON_is_an_object_on_a_line()
    {
        Assert.Equal(
            """{"topic":"t","partition":3,"offset":7,"timestamp":1234,"timestampType":"CreateTime","""
            + "\"key\":\"k\",\"value\":\"v\",\"headers\":{\"a\":\"1\",\"b\":null}}",
            Json(Full));
        Assert.Equal(
            """{"topic":"t","partition":3,"offset":8,"timestamp":-1,"timestampType":"LogAppendTime","""
            + "\"key\":null,\"value\":null}",
            Json(Bare));
    }

    [Fact]
    public void What_JSON_prints_is_read_back_as_it_was()
    {
        var record = Full with
        {
            Key = new byte[] { 0xFF },
            Value = Encoding.UTF8.GetBytes("Grüße \"\\ \u0001\n"),
            Headers =
            [
                new ConsumedHeader("a", "1"u8.ToArray()),
                new ConsumedHeader("a", new byte[] { 0xC3 }),
            ],
        };
        var read = new JsonRecordFormat("t").Read(Encoding.UTF8.GetBytes(Json(record)), 1);
        Assert.Equal(record.Key!.Value.ToArray(), read.Key!.Value.ToArray());
        Assert.Equal(record.Value!.Value.ToArray(), read.Value!.Value.ToArray());
        Assert.Equal((3, 1234L), (read.Partition!.Value, read.TimestampMs!.Value));
        Assert.Equal([0xC3], read.Headers.Span[1].Value!.Value.ToArray());
    }

    private static string Json(ConsumedRecord record)
    {
        using var printed = new MemoryStream();
        using var output = new Output(Stream.Null, printed, TextWriter.Null);
        new JsonRecordPrinter(output).Print("t", 3, record);
        output.Flush();
        return Encoding.UTF8.GetString(printed.ToArray()).TrimEnd('\n');
    }

    private static RecordStyle Style(string properties)
    {
        var flag = new PropertyFlag(RecordStyle.Properties);
        var command = new Command("x") { flag.Option };
        var args = Array.ConvertAll(
            properties.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            property => $"--property={property}");
        return RecordStyle.Of(flag, command.Parse(args));
    }
}
