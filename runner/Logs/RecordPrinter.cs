using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Testbed.Wire.Records;

namespace Testbed.Runner.Logs;

/// <summary>
/// Prints one record of a batch. Text is quoted as in JSON; bytes that are no text are Base64, and say so.
/// </summary>
internal sealed class RecordPrinter(RowPrinter printer)
{
    public void Print(RecordBatch batch, in RecordView record)
    {
        if (printer.IsJson)
        {
            PrintJson(batch, record);
            return;
        }
        var line = new StringBuilder();
        line.Append("offset ").Append(batch.OffsetOf(record));
        line.Append("  time ").Append(batch.TimestampOf(record));
        if (batch.BaseSequence >= 0)
        {
            line.Append("  sequence ").Append(SequenceNumber.Plus(batch.BaseSequence, record.OffsetDelta));
        }
        if (batch.Attributes.IsControl)
        {
            line.Append("  control ").Append(ControlOf(record));
        }
        line.Append("  key ").Append(Said(record.Key));
        line.Append("  value ").Append(Said(record.Value));
        foreach (var header in record.Headers)
        {
            line.Append("  header ").Append(Said(header.Key)).Append(' ').Append(Said(header.Value));
        }
        printer.Below(line.ToString());
    }

    private void PrintJson(RecordBatch batch, in RecordView record)
    {
        // The writer's callback outlives no span: what it needs is taken out before.
        var offset = batch.OffsetOf(record);
        var timestampMs = batch.TimestampOf(record);
        int? sequence = batch.BaseSequence >= 0
            ? SequenceNumber.Plus(batch.BaseSequence, record.OffsetDelta)
            : null;
        var control = batch.Attributes.IsControl ? ControlOf(record) : null;
        var (key, value) = (record.Key.ToArray(), record.Value.ToArray());
        var headers = new List<(byte[] Key, byte[]? Value)>();
        foreach (var header in record.Headers)
        {
            headers.Add((header.Key.ToArray(), header.Value.ToArray()));
        }
        printer.Json("record", json =>
        {
            json.WriteNumber("offset", offset);
            json.WriteNumber("timestamp", timestampMs);
            if (sequence is not null)
            {
                json.WriteNumber("sequence", sequence.Value);
            }
            if (control is not null)
            {
                json.WriteString("control", control);
            }
            Write(json, "key", key);
            Write(json, "value", value);
            json.WriteStartArray("headers");
            foreach (var header in headers)
            {
                json.WriteStartObject();
                Write(json, "key", header.Key);
                Write(json, "value", header.Value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    /// <summary>The type of a control record by name, and what a transaction's marker says.</summary>
    private static string ControlOf(in RecordView record)
    {
        if (!ControlRecordKey.TryRead(record.Key, out var key))
        {
            return "without a type";
        }
        var name = key.Type?.ToString() ?? $"of type {key.TypeId}";
        return key.Type is ControlRecordType.Commit or ControlRecordType.Abort
            && EndTransactionMarker.TryRead(record.Value, out var marker)
                ? $"{name} coordinator epoch {marker.CoordinatorEpoch}"
                : name;
    }

    private static string Said(OptionalBytes bytes)
    {
        if (bytes.IsNull)
        {
            return "null";
        }
        return IsText(bytes.Bytes)
            ? $"\"{JsonEncodedText.Encode(bytes.Bytes, JsonStyle.Writing.Encoder)}\""
            : "base64:" + Convert.ToBase64String(bytes.Bytes);
    }

    /// <summary>UTF-8 without control characters other than those of lines: what people can read.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) && !bytes.ContainsAnyInRange((byte)0, (byte)8);

    private static void Write(Utf8JsonWriter json, string name, byte[]? bytes)
    {
        if (bytes is null)
        {
            json.WriteNull(name);
        }
        else if (IsText(bytes))
        {
            json.WriteString(name, bytes);
        }
        else
        {
            json.WriteBase64String(name + "Base64", bytes);
        }
    }
}
