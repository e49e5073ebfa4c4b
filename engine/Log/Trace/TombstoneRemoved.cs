using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Compaction has removed a tombstone whose horizon was over.</summary>
public readonly record struct TombstoneRemoved(TopicPartition Partition, Offset Offset) : ITraceEvent
{
    public string Name => "tombstone-removed";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("offset", Offset.Value);
    }
}
