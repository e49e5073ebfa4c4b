using System;
using Testbed.Compression;
using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>Writes single records in the form that <see cref="RecordView"/> draws.</summary>
internal static class RecordWriter
{
    private const int NullLength = -1;
    private const byte NoAttributes = 0;

    public static int SizeOf(OptionalBytes bytes) => bytes.IsNull
        ? ZigZagVarint.SizeOf(NullLength)
        : ZigZagVarint.SizeOf(bytes.Bytes.Length) + bytes.Bytes.Length;

    public static int SizeOf(ReadOnlySpan<RecordHeader> headers)
    {
        var size = 0;
        foreach (var header in headers)
        {
            size += SizeOf(header.Key.Span) + SizeOf(ValueOf(header));
        }
        return size;
    }

    public static void Write(ByteBuffer output, in RecordFields fields)
    {
        Write(output, fields.SizeBytes);
        output.Append(NoAttributes);
        output.Advance(ZigZagVarint.Write(output.Reserve(Limits.VarLongMaxBytes), fields.TimestampDelta));
        Write(output, fields.OffsetDelta);
        Write(output, fields.Key);
        Write(output, fields.Value);
        Write(output, fields.HeaderCount);
    }

    public static void Write(ByteBuffer output, ReadOnlySpan<RecordHeader> headers)
    {
        foreach (var header in headers)
        {
            Write(output, (OptionalBytes)header.Key.Span);
            Write(output, ValueOf(header));
        }
    }

    private static OptionalBytes ValueOf(RecordHeader header) =>
        header.Value is { } value ? value.Span : OptionalBytes.Null;

    private static void Write(ByteBuffer output, int number) =>
        output.Advance(ZigZagVarint.Write(output.Reserve(Limits.VarIntMaxBytes), number));

    private static void Write(ByteBuffer output, OptionalBytes bytes)
    {
        Write(output, bytes.IsNull ? NullLength : bytes.Bytes.Length);
        output.Append(bytes.Bytes);
    }
}
