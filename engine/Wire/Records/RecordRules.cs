using System;
using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;

namespace Testbed.Wire.Records;

/// <summary>The checks of a produced batch's records, and what they add up to.</summary>
internal static class RecordRules
{
    public static BatchVerdict Judge(
        RecordBatch batch, ReadOnlySpan<byte> body, ProduceRules rules, long nowMs)
    {
        var reader = new RecordReader(body, batch.RecordsCount);
        var latest = new LatestTimestamp();
        var window = TimestampWindow.Of(rules, nowMs);
        List<RecordError>? errors = null;
        var hasTimestampError = false;
        while (reader.TryRead(out var record))
        {
            var index = reader.ReadCount - 1;
            if (FlawOfForm(record, index) is { } flaw)
            {
                return Malformed(flaw);
            }
            // Whether the broker's clock counts is for the topic to say, not for the batch.
            var timestampMs = unchecked(batch.BaseTimestamp + record.TimestampDelta);
            latest.See(timestampMs, index);
            var error = FlawOf(record, timestampMs, batch, rules, window);
            if (error != RecordFlaw.None)
            {
                hasTimestampError |= error != RecordFlaw.NullKey;
                errors ??= [];
                if (errors.Count < Limits.RecordErrorsMax)
                {
                    errors.Add(new RecordError(index, TextOf(error, timestampMs, index, window)));
                }
            }
        }
        if (reader.Fault != RecordFault.None)
        {
            return Malformed($"Record {reader.ReadCount} is malformed: {reader.Fault}");
        }
        return errors is null
            ? new BatchVerdict(FactsOf(batch, latest, rules, nowMs))
            : RefusalOf(errors, hasTimestampError);
    }

    private static string? FlawOfForm(in RecordView record, int index)
    {
        if (record.Attributes != 0)
        {
            return $"Record {index} has attributes {record.Attributes:x2}, none are assigned";
        }
        return record.OffsetDelta != index ? $"Record {index} has offset delta {record.OffsetDelta}" : null;
    }

    private static RecordFlaw FlawOf(
        in RecordView record, long timestampMs, RecordBatch batch, ProduceRules rules, TimestampWindow window)
    {
        if (rules.IsCompacted && record.Key.IsNull)
        {
            return RecordFlaw.NullKey;
        }
        if (rules.TimestampType == TimestampType.CreateTime && timestampMs != RecordBatch.NoTimestamp)
        {
            return window.Contains(timestampMs) ? RecordFlaw.None : RecordFlaw.TimestampOutOfRange;
        }
        return batch.Attributes.TimestampType == TimestampType.LogAppendTime
            ? RecordFlaw.TimestampTypeSet
            : RecordFlaw.None;
    }

    private static string TextOf(RecordFlaw flaw, long timestampMs, int index, TimestampWindow window) =>
        flaw switch
        {
            RecordFlaw.NullKey => "Compacted topic cannot accept message without key",
            RecordFlaw.TimestampOutOfRange =>
                $"Timestamp {timestampMs} of message with offset {index} is out of range. "
                + $"The timestamp should be within [{window.EarliestMs}, {window.LatestMs}]",
            RecordFlaw.TimestampTypeSet => "Producer should not set timestamp type to LogAppendTime",
            _ => throw new InvariantException($"{flaw} is not a flaw"),
        };

    private static BatchVerdict Malformed(string flaw) =>
        new(BatchRefusal.OfContent(ErrorCode.InvalidRecord, flaw));

    private static BatchVerdict RefusalOf(List<RecordError> errors, bool hasTimestampError)
    {
        var error = hasTimestampError ? ErrorCode.InvalidTimestamp : ErrorCode.InvalidRecord;
        var message = hasTimestampError
            ? "One or more records have been rejected due to invalid timestamp"
            : $"One or more records have been rejected, the first because: {errors[0].Message}";
        return new BatchVerdict(BatchRefusal.OfContent(error, message) with { RecordErrors = errors });
    }

    private static BatchFacts FactsOf(
        RecordBatch batch, in LatestTimestamp latest, ProduceRules rules, long nowMs)
    {
        var isAppendTime = rules.TimestampType == TimestampType.LogAppendTime;
        var codec = (CompressionCodec)batch.Attributes.CodecId;
        var maxTimestampMs = isAppendTime ? nowMs : latest.TimestampMs;
        return new BatchFacts
        {
            SizeBytes = batch.SizeInBytes,
            RecordsCount = batch.RecordsCount,
            TimestampType = rules.TimestampType,
            MaxTimestampMs = maxTimestampMs,
            MaxTimestampOffsetDelta = isAppendTime ? 0 : latest.OffsetDelta,
            Codec = codec,
            StoredCodec = rules.Codec ?? codec,
            NeedsStamp =
                batch.Attributes.TimestampType != rules.TimestampType || batch.MaxTimestamp != maxTimestampMs,
        };
    }
}
