using System.Buffers.Binary;
using System.Collections.Generic;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Records;

namespace Testbed.Client;

/// <summary>
/// Records of one partition that travel together, and who waits for their results. Owns its encoded bytes
/// from <see cref="Close"/> until it is settled.
/// </summary>
internal sealed class ProducerBatch(ProducerPartition partition)
{
    private readonly List<(IProduceListener Listener, long Token)> _waiting = [];    // in order of records
    private LeasedBytes? _bytes;

    public ProducerPartition Partition => partition;

    public BatchState State { get; set; }

    public int RecordCount => _waiting.Count;

    /// <summary>What its records count for in the producer's buffer.</summary>
    public long BufferedBytes { get; private set; }

    public HeapHandle LingerRow { get; set; }

    public HeapHandle DeliveryRow { get; set; }

    /// <summary>
    /// It need not wait for more records: it has lingered, or the producer is being flushed.
    /// </summary>
    public bool IsRipe { get; set; }

    /// <summary>
    /// Its records have been told their results already, as their time was up while it was in flight.
    /// </summary>
    public bool IsTold { get; set; }

    /// <summary>An attempt may have stored it.</summary>
    public bool MayBeStored { get; set; }

    /// <summary>What came of the last attempt that failed.</summary>
    public ErrorCode LastError { get; set; }

    public ProducerIdentity Identity { get; private set; } = ProducerIdentity.None;

    public int BaseSequence { get; private set; } = RecordBatch.NoProducer;

    /// <summary>Counts the stamps of the partition's batches; this one's came at that place.</summary>
    public long Ordinal { get; private set; }

    public int SizeBytes => _bytes!.Value.SizeBytes;

    /// <summary>The encoded batch, to be copied into a request.</summary>
    public RecordData Records => RecordData.Copied(_bytes!.Value.Memory);

    public void Add(IProduceListener listener, long token, long sizeBytes)
    {
        Invariant.Assert(State == BatchState.Open);
        _waiting.Add((listener, token));
        BufferedBytes += sizeBytes;
    }

    public void Close(LeasedBytes bytes)
    {
        Invariant.Assert(State == BatchState.Open);
        _bytes = bytes;
        State = BatchState.Fresh;
    }

    /// <summary>
    /// Gives the batch its place in the producer's sequence; again when the sequence starts anew.
    /// </summary>
    public void Stamp(ProducerIdentity identity, int baseSequence, long ordinal)
    {
        Invariant.Assert(State is BatchState.Fresh or BatchState.Waiting);
        Invariant.Assert(!MayBeStored);
        Identity = identity;
        BaseSequence = baseSequence;
        Ordinal = ordinal;
        var batch = _bytes!.Value.Span;
        BinaryPrimitives.WriteInt64BigEndian(batch[BatchLayout.ProducerId..], identity.Id.Value);
        BinaryPrimitives.WriteInt16BigEndian(batch[BatchLayout.ProducerEpoch..], identity.Epoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[BatchLayout.BaseSequence..], baseSequence);
        RecordBatchPatch.RenewCrc(batch);
    }

    /// <summary>Its fate is known: the bytes are given back.</summary>
    public void Settle()
    {
        Invariant.Assert(State != BatchState.Settled);
        State = BatchState.Settled;
        _bytes?.Release();
        _bytes = null;
    }

    /// <summary>
    /// Tells every record its result: that of the first, with offset and sequence moved on.
    /// </summary>
    public void Tell(ProduceResult first)
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            var (listener, token) = _waiting[i];
            listener.OnProduced(token, first with
            {
                Offset = first.Offset == Offset.None ? Offset.None : first.Offset + i,
                Sequence = first.Sequence < 0 ? first.Sequence : SequenceNumber.Plus(first.Sequence, i),
            });
        }
    }
}
