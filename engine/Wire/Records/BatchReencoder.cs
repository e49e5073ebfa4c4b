using System;
using System.Buffers.Binary;
using Testbed.Compression;
using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>
/// Packs the records of a checked batch with another codec, where compression.type of the topic demands one.
/// The records themselves stay as the producer wrote them.
/// </summary>
public static class BatchReencoder
{
    /// <summary>
    /// Fills <paramref name="output"/>, which is cleared, with the batch as it is to be stored, timestamps
    /// included; offset and leader epoch are still the producer's. The facts are those of the same batch and
    /// rules, and <paramref name="unpacked"/> is the validator's scratch.
    /// </summary>
    /// <returns>
    /// None, UnsupportedCompressionType when the codec is not installed, or MessageTooLarge when the batch
    /// has grown beyond what the topic allows.
    /// </returns>
    public static ErrorCode Reencode(
        ReadOnlySpan<byte> batch,
        in BatchFacts facts,
        ProduceRules rules,
        ByteBuffer unpacked,
        ByteBuffer output)
    {
        Invariant.Assert(facts.SizeBytes == batch.Length);
        var records = facts.Codec == CompressionCodec.None ? batch[BatchLayout.Records..] : unpacked.Written;
        Invariant.Assert(!records.IsEmpty);
        output.Clear();
        output.Append(batch[..BatchLayout.Records]);
        if (Codecs.Compress(facts.StoredCodec, rules.CompressionLevel, records, output) != CompressStatus.Ok)
        {
            return ErrorCode.UnsupportedCompressionType;
        }
        if (output.Length > rules.MaxMessageBytes)
        {
            return ErrorCode.MessageTooLarge;
        }
        WriteHeader(output.Patchable, facts);
        return ErrorCode.None;
    }

    private static void WriteHeader(Span<byte> batch, in BatchFacts facts)
    {
        BinaryPrimitives.WriteInt32BigEndian(
            batch[BatchLayout.BatchLength..], batch.Length - BatchLayout.UncountedBytes);
        var attributes = new RecordBatch(batch).Attributes.With(facts.StoredCodec).With(facts.TimestampType);
        BinaryPrimitives.WriteInt16BigEndian(batch[BatchLayout.Attributes..], attributes.Bits);
        BinaryPrimitives.WriteInt64BigEndian(batch[BatchLayout.MaxTimestamp..], facts.MaxTimestampMs);
        RecordBatchPatch.RenewCrc(batch);
    }
}
