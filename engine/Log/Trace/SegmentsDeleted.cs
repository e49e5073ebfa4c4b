using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>Retention has deleted the oldest segments of a log, which now begins at StartOffset.</summary>
public readonly record struct SegmentsDeleted(TopicPartition Partition, int Count, Offset StartOffset)
    : ITraceEvent
{
    public string Name => "segments-deleted";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("count", Count);
        fields.Add("start", StartOffset.Value);
    }
}
