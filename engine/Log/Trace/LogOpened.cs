using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A log was read from disk: it holds [StartOffset, EndOffset); DroppedBytes of a torn tail were cut off.
/// </summary>
public readonly record struct LogOpened(
    TopicPartition Partition, Offset StartOffset, Offset EndOffset, long DroppedBytes)
    : ITraceEvent
{
    public string Name => "log-opened";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("start", StartOffset.Value);
        fields.Add("end", EndOffset.Value);
        fields.Add("dropped", DroppedBytes);
    }
}
