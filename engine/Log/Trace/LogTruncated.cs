using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A log was cut, durably: it holds [StartOffset, EndOffset).</summary>
public readonly record struct LogTruncated(TopicPartition Partition, Offset StartOffset, Offset EndOffset)
    : ITraceEvent
{
    public string Name => "log-truncated";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("start", StartOffset.Value);
        fields.Add("end", EndOffset.Value);
    }
}
