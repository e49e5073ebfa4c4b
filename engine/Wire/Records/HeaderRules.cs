namespace Testbed.Wire.Records;

/// <summary>The checks of a produced batch's header that need no look at the records.</summary>
internal static class HeaderRules
{
    /// <summary>Why the batch is refused, or null.</summary>
    public static BatchVerdict? Refusal(RecordBatch batch)
    {
        var flaw = FlawOfOffsets(batch) ?? FlawOfAttributes(batch) ?? FlawOfProducer(batch);
        return flaw is null ? null : BatchVerdict.RefuseContent(ErrorCode.InvalidRecord, flaw);
    }

    private static string? FlawOfOffsets(RecordBatch batch)
    {
        if (batch.LastOffsetDelta < 0)
        {
            return $"The last offset delta {batch.LastOffsetDelta} is negative";
        }
        if (batch.RecordsCount <= 0)
        {
            return $"Invalid count of records {batch.RecordsCount}";
        }
        return batch.LastOffsetDelta != batch.RecordsCount - 1
            ? $"The last offset delta {batch.LastOffsetDelta} does not fit {batch.RecordsCount} records"
            : null;
    }

    private static string? FlawOfAttributes(RecordBatch batch)
    {
        var attributes = batch.Attributes;
        if (attributes.IsControl)
        {
            return "Clients are not allowed to write control records";
        }
        if (attributes.HasDeleteHorizon)
        {
            return "Clients are not allowed to set a delete horizon";
        }
        return attributes.HasUnassignedBits
            ? $"Attributes {attributes.Bits:x4} have bits that are not assigned"
            : null;
    }

    /// <summary>
    /// A producer id needs epoch and sequence; without one they mean nothing, and clients fill in what they
    /// like.
    /// </summary>
    private static string? FlawOfProducer(RecordBatch batch)
    {
        if (!batch.HasProducerId)
        {
            return batch.Attributes.IsTransactional ? "A transactional batch needs a producer id" : null;
        }
        if (batch.BaseSequence < 0)
        {
            return $"Invalid sequence number {batch.BaseSequence} of producer id {batch.ProducerId}";
        }
        return batch.ProducerEpoch < 0
            ? $"Invalid producer epoch {batch.ProducerEpoch} of producer id {batch.ProducerId}"
            : null;
    }
}
