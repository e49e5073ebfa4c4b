using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>
/// kcat as a writer and reader of any bytes: separators that do not occur in the data going in, JSON coming
/// out, whose strings are the bytes themselves (every byte is one Latin-1 character).
/// </summary>
internal static class KcatExchange
{
    private const string KeyEnd = "<|key|>";
    private const string RecordEnd = "<|record|>";

    /// <summary>kcat gives every record of a run the same headers.</summary>
    public static IReadOnlyList<ExchangeHeader> Headers { get; } =
    [
        new("h", "1"u8.ToArray()), new("t", "x=y"u8.ToArray()), new("h", "2"u8.ToArray()), new("none", null),
        new("empty", []),
    ];

    public static async Task Write(
        BrokerProcess broker, string codec, string topic, IReadOnlyList<ExchangeRecord> records)
    {
        foreach (var partition in records.GroupBy(static record => record.Partition))
        {
            var number = partition.Key.ToString(CultureInfo.InvariantCulture);
            var command = Clients.KcatCommand(
                broker,
                [
                    "-P", "-t", topic, "-p", number, "-z", codec, "-Z", "-K", KeyEnd, "-D", RecordEnd,
                    .. Headers.SelectMany(static header => new[] { "-H", Argument(header) }),
                ]);
            (await ClientProgram.Run(command, Input(partition))).Succeeded(broker);
        }
    }

    public static async Task<List<ExchangeRecord>> Read(BrokerProcess broker, string topic)
    {
        var command = Clients.KcatCommand(
            broker, "-C", "-t", topic, "-o", "beginning", "-e", "-q", "-J", "-X", "check.crcs=true");
        var run = (await ClientProgram.Run(command)).Succeeded(broker);
        return
        [
            .. Encoding.Latin1.GetString(run.Output)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(Parse),
        ];
    }

    private static string Argument(ExchangeHeader header) =>
        header.Value is { } value ? $"{header.Name}={Encoding.UTF8.GetString(value)}" : header.Name;

    private static byte[] Input(IEnumerable<ExchangeRecord> records)
    {
        var input = new MemoryStream();
        foreach (var record in records)
        {
            // Nothing at all would be no record; before the separator it is a key that is none.
            if (record.Key is not null || record.Value is null)
            {
                input.Write(record.Key);
                input.Write(Encoding.Latin1.GetBytes(KeyEnd));
            }
            input.Write(record.Value);
            input.Write(Encoding.Latin1.GetBytes(RecordEnd));
        }
        return input.ToArray();
    }

    private static ExchangeRecord Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var headers = root.TryGetProperty("headers", out var pairs) ? pairs.EnumerateArray().ToList() : [];
        return new ExchangeRecord(
            root.GetProperty("partition").GetInt32(),
            root.GetProperty("ts").GetInt64(),
            Bytes(root.GetProperty("key")),
            Bytes(root.GetProperty("payload")),
            headers.Chunk(2)
                .Select(static pair => new ExchangeHeader(pair[0].GetString()!, Bytes(pair[1]))).ToList())
        {
            Offset = root.GetProperty("offset").GetInt64(),
        };
    }

    private static byte[]? Bytes(JsonElement text) =>
        text.GetString() is { } characters ? Encoding.Latin1.GetBytes(characters) : null;
}
