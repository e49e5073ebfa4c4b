using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A compaction has ended before its end. What was not swapped in by then is as it was before.
/// </summary>
public readonly record struct CleaningStopped(TopicPartition Partition, string Reason) : ITraceEvent
{
    public string Name => "cleaning-stopped";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("reason", Reason);
    }
}
