using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Testbed.Client;
using Testbed.Wire.Records;

namespace Testbed.Runner;

/// <summary>
/// A line is a JSON object, as `testbed consume --json` prints it. Used are: key, value (strings, or null),
/// keyBase64, valueBase64, headers, partition, timestamp; other members are passed over.
/// </summary>
/// <remarks>
/// Headers are an object of strings or nulls, or, where a name comes twice or a value is no text, an array of
/// {"key", "value" or "valueBase64"}. A record without a value is a tombstone.
/// </remarks>
public sealed class JsonRecordFormat(string topic) : IRecordFormat
{
    public ProducerRecord Read(ReadOnlyMemory<byte> line, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line, JsonStyle.Reading);
            return Read(document.RootElement, number);
        }
        catch (JsonException error)
        {
            throw new CommandException($"line {number} is no JSON: {error.Message}");
        }
        catch (FormatException)
        {
            throw new CommandException($"line {number}: a member that ends with Base64 is none");
        }
    }

    private ProducerRecord Read(JsonElement record, long number)
    {
        if (record.ValueKind != JsonValueKind.Object)
        {
            throw new CommandException($"line {number} is no JSON object");
        }
        return new ProducerRecord(topic, Bytes(record, "key", number), Bytes(record, "value", number))
        {
            Partition = (int?)Number(record, "partition", int.MaxValue, number),
            TimestampMs = Number(record, "timestamp", long.MaxValue, number),
            Headers = record.TryGetProperty("headers", out var headers) ? Headers(headers, number) : default,
        };
    }

    /// <summary>
    /// The member as text, or the one with Base64 behind its name; null when neither is there.
    /// </summary>
    private static ReadOnlyMemory<byte>? Bytes(JsonElement owner, string name, long number)
    {
        if (owner.TryGetProperty(name + "Base64", out var packed) && packed.ValueKind == JsonValueKind.String)
        {
            return packed.GetBytesFromBase64();
        }
        return owner.TryGetProperty(name, out var text) ? Text(text, name, number) : null;
    }

    private static ReadOnlyMemory<byte>? Text(JsonElement text, string name, long number) =>
        text.ValueKind switch
        {
            JsonValueKind.Null => (ReadOnlyMemory<byte>?)null,
            JsonValueKind.String => Encoding.UTF8.GetBytes(text.GetString()!),
            _ => throw new CommandException(
                $"line {number}: \"{name}\" is neither a string nor null; put other JSON into a string"),
        };

    private static long? Number(JsonElement owner, string name, long largest, long number)
    {
        if (!owner.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        return member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var value)
            && value >= 0 && value <= largest
            ? value
            : throw new CommandException($"line {number}: \"{name}\" is no whole number from 0 to {largest}");
    }

    private static RecordHeader[] Headers(JsonElement headers, long number)
    {
        var read = new List<RecordHeader>();
        switch (headers.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.Object:
                foreach (var member in headers.EnumerateObject())
                {
                    read.Add(new RecordHeader(member.Name, Text(member.Value, member.Name, number)));
                }
                break;
            case JsonValueKind.Array:
                foreach (var header in headers.EnumerateArray())
                {
                    read.Add(new RecordHeader(HeaderName(header, number), Bytes(header, "value", number)));
                }
                break;
            default:
                throw new CommandException($"line {number}: \"headers\" is neither an object nor an array");
        }
        return [.. read];
    }

    private static string HeaderName(JsonElement header, long number) =>
        header.ValueKind == JsonValueKind.Object
            && header.TryGetProperty("key", out var key)
            && key.ValueKind == JsonValueKind.String
            ? key.GetString()!
            : throw new CommandException($"line {number}: an element of \"headers\" has no \"key\"");
}
