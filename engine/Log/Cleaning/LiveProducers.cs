using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// The producers whose state compaction must leave in the log: by their last data batch, or by a marker where
/// that alone has their epoch (KIP-98).
/// </summary>
public sealed class LiveProducers
{
    private readonly Dictionary<long, LiveProducer> _byId = [];

    public LiveProducers(IReadOnlyList<LiveProducer> producers)
    {
        foreach (var producer in producers)
        {
            Invariant.Assert(!producer.Id.IsNone);
            _byId.Add(producer.Id.Value, producer);
        }
    }

    public bool IsLastBatch(RecordBatch batch)
    {
        if (!batch.HasProducerId || !_byId.TryGetValue(batch.ProducerId, out var producer))
        {
            return false;
        }
        return producer.LastData == Offset.None
            ? batch.Attributes.IsControl && batch.ProducerEpoch == producer.Epoch
            : batch.LastOffset == producer.LastData.Value;
    }
}
