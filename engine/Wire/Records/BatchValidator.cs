using System;
using Testbed.Compression;
using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>
/// Decides whether what a producer sent for one partition may be appended: exactly one right batch of format
/// 2, looked at record by record.
/// </summary>
/// <remarks>
/// The checks and their order are those of Kafka's ProduceRequest.validateRecords, UnifiedLog and
/// LogValidator, so that a batch with several flaws gets the same answer. Where Kafka answers
/// UNKNOWN_SERVER_ERROR or stores what its own readers refuse, the answer here is the proper code. Nothing
/// is allocated for a good batch without a codec.
/// </remarks>
public static class BatchValidator
{
    /// <param name="records">The records field of one partition; null counts as empty.</param>
    /// <param name="rules">The topic's settings.</param>
    /// <param name="apiVersion">Version of the Produce request.</param>
    /// <param name="nowMs">The broker's wall clock.</param>
    /// <param name="scratch">
    /// Cleared and filled with the unpacked records of a packed batch, where <see cref="BatchReencoder"/>
    /// finds them.
    /// </param>
    public static BatchVerdict Validate(
        ReadOnlySpan<byte> records, ProduceRules rules, short apiVersion, long nowMs, ByteBuffer scratch)
    {
        if (OutlineRules.Refusal(records, rules, apiVersion) is { } badOutline)
        {
            return badOutline;
        }
        var batch = new RecordBatch(records);
        if (HeaderRules.Refusal(batch) is { } badHeader)
        {
            return badHeader;
        }
        var status = RecordBody.Open(batch, scratch, rules.UncompressedMaxBytes, out var body);
        return status switch
        {
            DecompressStatus.Ok => RecordRules.Judge(batch, body, rules, nowMs),
            DecompressStatus.Corrupt => BatchVerdict.RefuseContent(
                ErrorCode.CorruptMessage, "The compressed records are damaged"),
            DecompressStatus.TooLarge => BatchVerdict.RefuseContent(
                ErrorCode.MessageTooLarge,
                $"The records unpack to more than {rules.UncompressedMaxBytes} bytes"),
            DecompressStatus.Unavailable => BatchVerdict.RefuseContent(
                ErrorCode.UnsupportedCompressionType,
                $"Codec {batch.Attributes.CodecId} is not supported here"),
            _ => throw new InvariantException($"{status} is not a status"),
        };
    }
}
