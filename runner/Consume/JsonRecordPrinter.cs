using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Unicode;
using Testbed.Client;

namespace Testbed.Runner;

/// <summary>Prints one JSON object per record, which `testbed produce --json` reads.</summary>
public sealed class JsonRecordPrinter(Output output) : IRecordPrinter
{
    public void Print(string topic, int partition, in ConsumedRecord record)
    {
        var printed = record;
        output.WriteJson(json => Write(json, topic, partition, printed));
    }

    private static void Write(Utf8JsonWriter json, string topic, int partition, in ConsumedRecord record)
    {
        json.WriteStartObject();
        json.WriteString("topic", topic);
        json.WriteNumber("partition", partition);
        json.WriteNumber("offset", record.Offset.Value);
        json.WriteNumber("timestamp", record.TimestampMs);
        json.WriteString("timestampType", record.TimestampType.ToString());
        WriteBytes(json, "key", record.Key);
        WriteBytes(json, "value", record.Value);
        if (record.Headers.Count > 0)
        {
            WriteHeaders(json, record.Headers);
        }
        json.WriteEndObject();
    }

    /// <summary>Text where the bytes are UTF-8, otherwise Base64 under a name that says so.</summary>
    private static void WriteBytes(Utf8JsonWriter json, string name, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is not { } there)
        {
            json.WriteNull(name);
        }
        else if (Utf8.IsValid(there.Span))
        {
            json.WriteString(name, there.Span);
        }
        else
        {
            json.WriteBase64String(name + "Base64", there.Span);
        }
    }

    /// <summary>An object where that keeps everything, otherwise an array.</summary>
    private static void WriteHeaders(Utf8JsonWriter json, IReadOnlyList<ConsumedHeader> headers)
    {
        if (AreSimple(headers))
        {
            json.WriteStartObject("headers");
            foreach (var header in headers)
            {
                WriteBytes(json, header.Key, header.Value);
            }
            json.WriteEndObject();
            return;
        }
        json.WriteStartArray("headers");
        foreach (var header in headers)
        {
            json.WriteStartObject();
            json.WriteString("key", header.Key);
            WriteBytes(json, "value", header.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static bool AreSimple(IReadOnlyList<ConsumedHeader> headers)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var header in headers)
        {
            if (!names.Add(header.Key) || (header.Value is { } value && !Utf8.IsValid(value.Span)))
            {
                return false;
            }
        }
        return true;
    }
}
