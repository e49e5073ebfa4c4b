using System;
using System.Text;
using Testbed.Client;
using Testbed.Runner;
using Xunit;

namespace Testbed.Tests.Runner;

public sealed class RecordFormatTests
{
    [Theory]
    [InlineData(null, "a:b", null, "a:b")]
    [InlineData(":", "a:b:c", "a", "b:c")]
    [InlineData("->", "a->b", "a", "b")]
    [InlineData(":", ":b", "", "b")]
    public void A_line_is_a_value_or_a_key_and_a_value(
        string? separator, string line, string? key, string value)
    {
        var record = new PlainRecordFormat("t", separator).Read(Encoding.UTF8.GetBytes(line), 1);
        Assert.Equal(key, Text(record.Key));
        Assert.Equal(value, Text(record.Value));
    }

    [Fact]
    public void A_line_without_its_separator_is_told_by_its_number()
    {
        var format = new PlainRecordFormat("t", ":");
        var error = Assert.Throws<CommandException>(() => format.Read("ab"u8.ToArray(), 7));
        Assert.Contains("line 7 has no ':'", error.Message);
    }

    [Fact]
    public void A_JSON_line_gives_all_parts_of_a_record()
    {
        var record = Json("""
            {"key":"k","value":"v\n","headers":{"a":"1","b":null},"partition":2,"timestamp":99,"offset":5}
            """);
        Assert.Equal(("k", "v\n"), (Text(record.Key), Text(record.Value)));
        Assert.Equal((2, 99L), (record.Partition!.Value, record.TimestampMs!.Value));
        Assert.Equal(2, record.Headers.Length);
        Assert.Equal("a", Encoding.UTF8.GetString(record.Headers.Span[0].Key.Span));
        Assert.Null(record.Headers.Span[1].Value);
    }

    [Fact]
    public void Bytes_that_are_no_text_come_as_Base64_and_headers_as_an_array()
    {
        var record = Json("""
            {"keyBase64":"/wA=","valueBase64":"",
             "headers":[{"key":"a","valueBase64":"/w=="},{"key":"a","value":"2"}]}
            """);
        Assert.Equal([0xFF, 0], record.Key!.Value.ToArray());
        Assert.Equal(0, record.Value!.Value.Length);
        Assert.Equal([0xFF], record.Headers.Span[0].Value!.Value.ToArray());
        Assert.Equal(2, record.Headers.Length);
    }

    [Fact]
    public void What_is_missing_or_null_is_null()
    {
        var record = Json("""{"value":null}""");
        Assert.Null(record.Key);
        Assert.Null(record.Value);
        Assert.Null(record.Partition);
        Assert.Null(record.TimestampMs);
    }

    [Theory]
    [InlineData("{", "line 3 is no JSON")]
    [InlineData("[1]", "line 3 is no JSON object")]
    [InlineData("""{"value":1}""", "\"value\" is neither a string nor null")]
    [InlineData("""{"valueBase64":"?"}""", "ends with Base64 is none")]
    [InlineData("""{"partition":-1}""", "\"partition\" is no whole number")]
    [InlineData("""{"partition":3000000000}""", "\"partition\" is no whole number")]
    [InlineData("""{"timestamp":"now"}""", "\"timestamp\" is no whole number")]
    [InlineData("""{"headers":1}""", "\"headers\" is neither")]
    [InlineData("""{"headers":[{}]}""", "has no \"key\"")]
    public void What_is_wrong_with_a_JSON_line_is_told_with_its_number(string line, string expected)
    {
        var error = Assert.Throws<CommandException>(() => Json(line));
        Assert.StartsWith("line 3", error.Message);
        Assert.Contains(expected, error.Message);
    }

    private static ProducerRecord Json(string line) =>
        new JsonRecordFormat("t").Read(Encoding.UTF8.GetBytes(line), 3);

    private static string? Text(ReadOnlyMemory<byte>? bytes) =>
        bytes is { } there ? Encoding.UTF8.GetString(there.Span) : null;
}
