using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace Testbed.Tests.Interop;

/// <summary>
/// Kafka's console producer and consumer. The producer takes lines of text; the consumer prints bytes as
/// they are, between separators that do not occur in the data.
/// </summary>
internal static class JavaConsoleExchange
{
    private const string NoValue = "NULL";
    private const string FieldEnd = "<|field|>";
    private const string RecordEnd = "<|record|>";
    private const string HeaderEnd = "<|header|>";
    private const string NoBytes = "<|none|>";

    public static async Task Write(
        BrokerProcess broker, string codec, string topic, IReadOnlyList<ExchangeRecord> records)
    {
        string[] properties = ["parse.key=true", "parse.headers=true", $"null.marker={NoValue}"];
        var command = Clients.JavaCommand(
            "console-producer",
            broker,
            [
                "--topic", topic, "--compression-codec", codec, "--request-required-acks", "all",
                .. properties.SelectMany(static one => new[] { "--reader-property", one }),
            ]);
        var input = string.Concat(records.Select(static record => Line(record) + "\n"));
        (await ClientProgram.Run(command, Encoding.UTF8.GetBytes(input))).Succeeded(broker);
    }

    public static async Task<List<ExchangeRecord>> Read(
        BrokerProcess broker, string topic, IReadOnlyList<int> counts)
    {
        var records = new List<ExchangeRecord>();
        for (var partition = 0; partition < counts.Count; partition++)
        {
            if (counts[partition] > 0)
            {
                records.AddRange(await ReadPartition(broker, topic, partition, counts[partition]));
            }
        }
        return records;
    }

    private static async Task<IEnumerable<ExchangeRecord>> ReadPartition(
        BrokerProcess broker, string topic, int partition, int count)
    {
        string[] properties =
        [
            "print.timestamp=true", "print.partition=true", "print.offset=true", "print.headers=true",
            "print.key=true", $"key.separator={FieldEnd}", $"line.separator={RecordEnd}",
            $"headers.separator={HeaderEnd}", $"null.literal={NoBytes}",
        ];
        var command = Clients.JavaCommand(
            "console-consumer",
            broker,
            [
                "--topic", topic, "--partition", Number(partition), "--offset", "earliest",
                "--max-messages", Number(count), "--timeout-ms", "30000",
                .. properties.SelectMany(static one => new[] { "--formatter-property", one }),
            ]);
        var run = (await ClientProgram.Run(command)).Succeeded(broker);
        return Encoding.Latin1.GetString(run.Output)
            .Split(RecordEnd, StringSplitOptions.RemoveEmptyEntries)
            .Select(Parse);
    }

    private static string Line(ExchangeRecord record)
    {
        var headers = record.Headers.Count == 0
            ? NoValue
            : string.Join(',', record.Headers.Select(static one => $"{one.Name}:{Written(one.Value)}"));
        return $"{headers}\t{Written(record.Key)}\t{Written(record.Value)}";
    }

    /// <summary>CreateTime:1 Partition:2 Offset:3 headers key value.</summary>
    private static ExchangeRecord Parse(string text)
    {
        var fields = text.Split(FieldEnd);
        var headers = fields[3] == "NO_HEADERS" ? [] : fields[3].Split(HeaderEnd).Select(Header).ToList();
        return new ExchangeRecord(
            (int)After(fields[1], "Partition:"),
            After(fields[0], "CreateTime:"),
            Read(fields[4]),
            Read(fields[5]),
            headers)
        {
            Offset = After(fields[2], "Offset:"),
        };
    }

    private static ExchangeHeader Header(string text)
    {
        var colon = text.IndexOf(':');
        return new ExchangeHeader(text[..colon], Read(text[(colon + 1)..]));
    }

    private static string Written(byte[]? bytes) => bytes is null ? NoValue : Encoding.UTF8.GetString(bytes);

    private static byte[]? Read(string text) => text == NoBytes ? null : Encoding.Latin1.GetBytes(text);

    private static long After(string text, string name) =>
        text.StartsWith(name)
            ? long.Parse(text[name.Length..], CultureInfo.InvariantCulture)
            : throw new FormatException($"not {name}: {text}");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
