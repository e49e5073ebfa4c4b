using System;

namespace Testbed.Wire.Generator.Schema;

/// <summary>
/// A primitive of the notation: its C# type, and the names of the methods that read and write it.
/// </summary>
internal sealed class Primitive
{
    /// <summary>All of them. Size 0: a length stands before the bytes.</summary>
    private static readonly Primitive[] All =
    [
        new("bool", "bool", "Bool", 1),
        new("int8", "sbyte", "Int8", 1, sbyte.MinValue, sbyte.MaxValue),
        new("int16", "short", "Int16", 2, short.MinValue, short.MaxValue),
        new("uint16", "ushort", "UInt16", 2, 0, ushort.MaxValue),
        new("error", "ErrorCode", "ErrorCode", 2),
        new("int32", "int", "Int32", 4, int.MinValue, int.MaxValue),
        new("uint32", "uint", "UInt32", 4, 0, uint.MaxValue),
        new("int64", "long", "Int64", 8, long.MinValue, long.MaxValue),
        new("float64", "double", "Float64", 8),
        new("uuid", "Uuid", "Uuid", 16),
        new("string", "string", "String", 0),
        new("bytes", "ReadOnlyMemory<byte>", "Bytes", 0),
        new("records", "RecordData", "Records", 0),
    ];

    private Primitive(string name, string type, string method, int size, long lowest = 0, long highest = 0)
    {
        Name = name;
        Type = type;
        Method = method;
        Size = size;
        Lowest = lowest;
        Highest = highest;
    }

    public string Name { get; }

    /// <summary>The C# type, without a question mark.</summary>
    public string Type { get; }

    /// <summary>What follows Read and Write in the names of the reader's and writer's methods.</summary>
    public string Method { get; }

    /// <summary>Bytes on the wire, or zero when a length stands before them.</summary>
    public int Size { get; }

    public bool HasLength => Size == 0;

    public bool IsInteger => Highest != 0;

    private long Lowest { get; }

    private long Highest { get; }

    public bool Takes(long number) => IsInteger && Lowest <= number && number <= Highest;

    public static Primitive? Find(string name) =>
        Array.Find(All, primitive => string.Equals(primitive.Name, name, StringComparison.Ordinal));
}
