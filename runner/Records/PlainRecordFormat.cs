using System;
using System.Text;
using Testbed.Client;

namespace Testbed.Runner;

/// <summary>
/// A line is a value, or a key and a value with a separator between them, as kafka-console-producer.sh has
/// it.
/// </summary>
public sealed class PlainRecordFormat(string topic, string? keySeparator) : IRecordFormat
{
    private readonly byte[]? _separator = keySeparator is null ? null : Encoding.UTF8.GetBytes(keySeparator);

    public ProducerRecord Read(ReadOnlyMemory<byte> line, long number)
    {
        if (_separator is null)
        {
            return new ProducerRecord(topic, null, line);
        }
        var at = line.Span.IndexOf(_separator);
        return at >= 0
            ? new ProducerRecord(topic, line[..at], line[(at + _separator.Length)..])
            : throw new CommandException(
                $"line {number} has no '{keySeparator}' between key and value (--key-separator)");
    }
}
