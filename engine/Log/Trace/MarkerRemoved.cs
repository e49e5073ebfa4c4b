using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Compaction has removed a commit or abort marker whose horizon was over.</summary>
public readonly record struct MarkerRemoved(TopicPartition Partition, ProducerId ProducerId, Offset Offset)
    : ITraceEvent
{
    public string Name => "marker-removed";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("producer", ProducerId.Value);
        fields.Add("offset", Offset.Value);
    }
}
