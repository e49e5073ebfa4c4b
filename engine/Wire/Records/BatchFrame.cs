using System;
using System.Buffers.Binary;

namespace Testbed.Wire.Records;

/// <summary>
/// The outline of the batch that some bytes begin with. <paramref name="SizeBytes"/> is the whole batch as
/// its length field has it, also where only a part is there; 0 where that field is missing or wrong.
/// </summary>
public readonly record struct BatchFrame(BatchFraming Framing, long SizeBytes)
{
    public static BatchFrame Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < BatchLayout.UncountedBytes)
        {
            return new BatchFrame(BatchFraming.Partial, 0);
        }
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes[BatchLayout.BatchLength..]);
        if (length < BatchLayout.BatchLengthMin)
        {
            return new BatchFrame(BatchFraming.LengthTooSmall, 0);
        }
        var sizeBytes = (long)length + BatchLayout.UncountedBytes;
        return bytes.Length < BatchLayout.BytesUpToMagic
            ? new BatchFrame(BatchFraming.Partial, sizeBytes)
            : OfMagic(bytes[BatchLayout.Magic], sizeBytes, bytes.Length);
    }

    private static BatchFrame OfMagic(byte magic, long sizeBytes, int availableBytes) => magic switch
    {
        > BatchLayout.MagicValue => new BatchFrame(BatchFraming.MagicUnknown, 0),
        BatchLayout.MagicValue when sizeBytes < BatchLayout.Records =>
            new BatchFrame(BatchFraming.LengthTooSmall, 0),
        _ when sizeBytes > availableBytes => new BatchFrame(BatchFraming.Partial, sizeBytes),
        BatchLayout.MagicValue => new BatchFrame(BatchFraming.Whole, sizeBytes),
        _ => new BatchFrame(BatchFraming.Legacy, sizeBytes),
    };
}
