using System;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Log;
using Testbed.Node.Replication;
using Testbed.Wire;
using Testbed.Wire.Records;

namespace Testbed.Node.Requests.Producing;

/// <summary>
/// Brings one produced batch into a partition: checks, the producer's sequence, what the topic's settings
/// change in it, the append. The common batch is patched where it lies and never copied.
/// </summary>
internal sealed class BatchAppender(IShard shard)
{
    private readonly ByteBuffer _unpacked = new(shard.Buffers);
    private readonly ByteBuffer _packed = new(shard.Buffers);

    public AppendOutcome Append(Partition partition, Memory<byte> records, Lease owner, short version)
    {
        var rules = partition.Settings.Produce;
        var verdict = BatchValidator.Validate(records.Span, rules, version, shard.WallMs, _unpacked);
        var outcome = verdict.IsOk
            ? AppendChecked(partition, records, owner, verdict.Facts)
            : AppendOutcome.Refused(
                verdict.Error,
                verdict.Message,
                verdict.IsContentRefused ? partition.Log.StartOffset : Offset.None,
                verdict.RecordErrors);
        _unpacked.Release();
        return outcome;
    }

    private AppendOutcome AppendChecked(
        Partition partition, Memory<byte> records, Lease owner, in BatchFacts facts)
    {
        var batch = new RecordBatch(records.Span);
        if (batch.Attributes.IsTransactional)
        {
            // Nobody can have begun a transaction here: there is no coordinator yet.
            return AppendOutcome.Refused(ErrorCode.InvalidTxnState, "no transaction is open", Offset.None);
        }
        var sequenced = new SequencedBatch(
            new ProducerId(batch.ProducerId), batch.ProducerEpoch, batch.BaseSequence, batch.LastSequence);
        var verdict = partition.Log.CanAppend(sequenced);
        return verdict.Kind switch
        {
            SequenceVerdictKind.Append => Write(partition, records, owner, facts),
            SequenceVerdictKind.Duplicate => new AppendOutcome(
                verdict.Known.BaseOffset, verdict.Known.EndOffset)
            {
                LogStartOffset = partition.Log.StartOffset,
                LogAppendTimeMs = verdict.Known.TimestampMs,
            },
            SequenceVerdictKind.OutOfOrder => AppendOutcome.Refused(
                ErrorCode.OutOfOrderSequenceNumber, null, partition.Log.StartOffset),
            _ => AppendOutcome.Refused(ErrorCode.InvalidProducerEpoch, null, partition.Log.StartOffset),
        };
    }

    private AppendOutcome Write(Partition partition, Memory<byte> records, Lease owner, in BatchFacts facts)
    {
        AppendedBatch appended;
        if (facts.NeedsReencode)
        {
            var error = BatchReencoder.Reencode(
                records.Span, facts, partition.Settings.Produce, _unpacked, _packed);
            if (error != ErrorCode.None)
            {
                _packed.Release();
                return AppendOutcome.Refused(error, null, partition.Log.StartOffset);
            }
            var packed = _packed.Detach();
            appended = partition.Append(packed.Memory, packed.Lease);
            packed.Release();
        }
        else
        {
            RecordBatchPatch.Stamp(records.Span, facts);
            appended = partition.Append(records, owner);
        }
        return new AppendOutcome(appended.BaseOffset, appended.EndOffset)
        {
            LogStartOffset = partition.Log.StartOffset,
            LogAppendTimeMs = facts.TimestampType == TimestampType.LogAppendTime ? facts.MaxTimestampMs : -1,
        };
    }
}
