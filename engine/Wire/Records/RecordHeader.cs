using System;
using System.Text;

namespace Testbed.Wire.Records;

/// <summary>A header to be written: a key and a value, which may be null.</summary>
public readonly record struct RecordHeader(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte>? Value)
{
    public RecordHeader(string key, ReadOnlyMemory<byte>? value)
        : this(Encoding.UTF8.GetBytes(key), value)
    {
    }
}
