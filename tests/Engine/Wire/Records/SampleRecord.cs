using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Testbed.Wire.Records;

namespace Testbed.Tests.Engine.Wire.Records;

/// <summary>A record as a value: what went in, or what came out. Printed and compared as text.</summary>
public sealed class SampleRecord : IEquatable<SampleRecord>
{
    public SampleRecord(
        long timestampMs, byte[]? key, byte[]? value, IReadOnlyList<(byte[] Key, byte[]? Value)>? headers =
            null)
    {
        TimestampMs = timestampMs;
        Key = key;
        Value = value;
        Headers = headers ?? [];
    }

    public SampleRecord(long timestampMs, string? key, string? value)
        : this(
            timestampMs, key is null ? null : Batches.Utf8(key), value is null ? null : Batches.Utf8(value))
    {
    }

    public long TimestampMs { get; }

    public byte[]? Key { get; }

    public byte[]? Value { get; }

    public IReadOnlyList<(byte[] Key, byte[]? Value)> Headers { get; }

    public static SampleRecord Of(RecordBatch batch, in RecordView record)
    {
        var headers = new List<(byte[] Key, byte[]? Value)>();
        foreach (var header in record.Headers)
        {
            headers.Add((header.Key.ToArray(), header.Value.ToArray()));
        }
        return new SampleRecord(
            batch.TimestampOf(record), record.Key.ToArray(), record.Value.ToArray(), headers);
    }

    public RecordHeader[] HeadersToWrite() => Headers
        .Select(header => new RecordHeader(
            header.Key, header.Value is null ? null : (ReadOnlyMemory<byte>?)header.Value.AsMemory()))
        .ToArray();

    public bool Equals(SampleRecord? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as SampleRecord);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString()
    {
        var text = new StringBuilder($"{TimestampMs} {Hex(Key)}={Hex(Value)}");
        foreach (var (key, value) in Headers)
        {
            text.Append(' ').Append(Hex(key)).Append(':').Append(Hex(value));
        }
        return text.ToString();
    }

    private static string Hex(byte[]? bytes) => bytes is null ? "null" : $"[{Convert.ToHexString(bytes)}]";
}
