using System;
using System.IO;
using System.Text;
using Testbed.Client;
using Testbed.Wire.Records;

namespace Testbed.Runner;

/// <summary>
/// Prints records as kafka-console-consumer.sh does: the parts asked for, in Kafka's order, bytes as they
/// are.
/// </summary>
public sealed class PlainRecordPrinter(Stream output, RecordStyle style) : IRecordPrinter
{
    private bool _isFirstPart;

    public void Print(string topic, int partition, in ConsumedRecord record)
    {
        _isFirstPart = true;
        if (style.HasTimestamp)
        {
            Part(Timestamp(record));
        }
        if (style.HasPartition)
        {
            Part($"Partition:{partition}");
        }
        if (style.HasOffset)
        {
            Part($"Offset:{record.Offset}");
        }
        if (style.HasHeaders)
        {
            Separate();
            PrintHeaders(record);
        }
        if (style.HasKey)
        {
            Separate();
            Print(record.Key);
        }
        if (style.HasValue)
        {
            Separate();
            Print(record.Value);
        }
        output.Write(style.LineEnd);
    }

    private static string Timestamp(in ConsumedRecord record) => record.TimestampMs == RecordBatch.NoTimestamp
        ? "NO_TIMESTAMP"
        : $"{record.TimestampType}:{record.TimestampMs}";

    private void Part(string text)
    {
        Separate();
        Print(text);
    }

    private void Separate()
    {
        if (!_isFirstPart)
        {
            output.Write(style.Separator);
        }
        _isFirstPart = false;
    }

    private void PrintHeaders(in ConsumedRecord record)
    {
        if (record.Headers.Count == 0)
        {
            Print("NO_HEADERS");
        }
        for (var i = 0; i < record.Headers.Count; i++)
        {
            if (i > 0)
            {
                output.Write(style.HeaderSeparator);
            }
            Print(record.Headers[i].Key);
            Print(":");
            Print(record.Headers[i].Value);
        }
    }

    private void Print(string text) => output.Write(Encoding.UTF8.GetBytes(text));

    private void Print(ReadOnlyMemory<byte>? bytes) =>
        output.Write(bytes is { } there ? there.Span : style.Null);
}
