using System;
using Testbed.Compression;

namespace Testbed.Wire.Records;

/// <summary>
/// The checks that come before the contents of a produced batch: that it is one, whole, of format 2, not too
/// large, and undamaged.
/// </summary>
internal static class OutlineRules
{
    private const short ZstdVersionMin = 7;    // of Produce (KIP-110)

    /// <summary>Why the batch is refused, or null.</summary>
    public static BatchVerdict? Refusal(ReadOnlySpan<byte> records, ProduceRules rules, short apiVersion)
    {
        var frame = BatchFrame.Of(records);
        if (frame.Framing != BatchFraming.Whole)
        {
            return RefusalOf(frame.Framing, records);
        }
        var batch = new RecordBatch(records[..(int)frame.SizeBytes]);
        var rest = records[batch.SizeInBytes..];
        return RefusalOfCodec(batch, apiVersion)
            ?? RefusalOfSecond(rest)
            ?? RefusalAtAppend(batch, rules)
            ?? (rest.IsEmpty ? null : Invalid($"{rest.Length} bytes follow the record batch"));
    }

    private static BatchVerdict? RefusalOf(BatchFraming framing, ReadOnlySpan<byte> records) => framing switch
    {
        BatchFraming.Partial when records.IsEmpty => Invalid("There is no record batch"),
        BatchFraming.Partial => Invalid("The record batch is cut short"),
        BatchFraming.Legacy =>
            Invalid($"Message format {records[BatchLayout.Magic]} is not supported, only format 2 is"),
        BatchFraming.LengthTooSmall => Corrupt("The batch length is less than a batch can have"),
        BatchFraming.MagicUnknown =>
            Corrupt($"Invalid magic {unchecked((sbyte)records[BatchLayout.Magic])} in the record batch"),
        _ => null,
    };

    private static BatchVerdict? RefusalOfCodec(RecordBatch batch, short apiVersion) =>
        apiVersion < ZstdVersionMin && batch.Attributes.CodecId == (int)CompressionCodec.Zstd
            ? BatchVerdict.RefuseOutline(
                ErrorCode.UnsupportedCompressionType,
                $"Produce requests of version {apiVersion} may not use zstd")
            : null;

    /// <summary>
    /// A part of a batch behind the first may be damage to the first, whose checksum is yet to come.
    /// </summary>
    private static BatchVerdict? RefusalOfSecond(ReadOnlySpan<byte> rest) =>
        BatchFrame.Of(rest).Framing switch
        {
            BatchFraming.Partial => null,
            BatchFraming.Whole or BatchFraming.Legacy => Invalid("There is more than one record batch"),
            _ => Corrupt("What follows the record batch is none"),
        };

    private static BatchVerdict? RefusalAtAppend(RecordBatch batch, ProduceRules rules)
    {
        if (batch.BaseOffset != 0)
        {
            return BatchVerdict.RefuseContent(
                ErrorCode.InvalidRecord, $"The base offset of a produced batch is 0, not {batch.BaseOffset}");
        }
        if (batch.SizeInBytes > rules.MaxMessageBytes)
        {
            return BatchVerdict.RefuseOutline(
                ErrorCode.MessageTooLarge,
                $"The record batch has {batch.SizeInBytes} bytes, more than {rules.MaxMessageBytes}");
        }
        return batch.IsCrcValid ? null : Corrupt("The checksum of the record batch is wrong");
    }

    private static BatchVerdict Invalid(string message) =>
        BatchVerdict.RefuseOutline(ErrorCode.InvalidRecord, message);

    private static BatchVerdict Corrupt(string message) =>
        BatchVerdict.RefuseOutline(ErrorCode.CorruptMessage, message);
}
