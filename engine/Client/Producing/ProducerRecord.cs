using System;
using Testbed.Wire.Records;

namespace Testbed.Client;

/// <summary>A record to be sent. Its bytes are copied when it is taken.</summary>
public readonly record struct ProducerRecord(
    string Topic, ReadOnlyMemory<byte>? Key, ReadOnlyMemory<byte>? Value)
{
    /// <summary>The partition, or null to have one chosen.</summary>
    public int? Partition { get; init; }

    /// <summary>Milliseconds since 1970, or null for the time of sending.</summary>
    public long? TimestampMs { get; init; }

    public ReadOnlyMemory<RecordHeader> Headers { get; init; }

    /// <summary>About as many bytes as it takes in a batch; never fewer.</summary>
    internal long SizeBytes
    {
        get
        {
            const int FieldsMaxBytes = 40;
            const int HeaderFieldsMaxBytes = 10;
            var size = (long)FieldsMaxBytes + (Key?.Length ?? 0) + (Value?.Length ?? 0);
            foreach (var header in Headers.Span)
            {
                size += HeaderFieldsMaxBytes + header.Key.Length + (header.Value?.Length ?? 0);
            }
            return size;
        }
    }
}
