using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Testbed.Tests.Interop;

/// <summary>
/// A record as it passes between the tests and their clients, on a line of JSON: bytes are hexadecimal
/// digits or null, headers are pairs of name and bytes, timestamps milliseconds since 1970.
/// </summary>
internal sealed record ExchangeRecord(
    int Partition, long Timestamp, byte[]? Key, byte[]? Value, IReadOnlyList<ExchangeHeader> Headers)
{
    /// <summary>Where the record was read; 0 in a record that is to be written.</summary>
    public long Offset { get; init; }

    public string ToLine() => JsonSerializer.Serialize(new
    {
        partition = Partition,
        offset = Offset,
        timestamp = Timestamp,
        key = Hex(Key),
        value = Hex(Value),
        headers = Headers.Select(static header => new[] { header.Name, Hex(header.Value) }),
    });

    public static ExchangeRecord Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return new ExchangeRecord(
            root.GetProperty("partition").GetInt32(),
            root.GetProperty("timestamp").GetInt64(),
            Bytes(root.GetProperty("key")),
            Bytes(root.GetProperty("value")),
            root.GetProperty("headers").EnumerateArray()
                .Select(static pair => new ExchangeHeader(pair[0].GetString()!, Bytes(pair[1]))).ToList())
        {
            Offset = root.GetProperty("offset").GetInt64(),
        };
    }

    private static string? Hex(byte[]? bytes) => bytes is null ? null : Convert.ToHexStringLower(bytes);

    private static byte[]? Bytes(JsonElement text) =>
        text.GetString() is { } digits ? Convert.FromHexString(digits) : null;
}
