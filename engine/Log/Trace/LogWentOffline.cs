using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A log can no longer be trusted or written; its partition answers KAFKA_STORAGE_ERROR from now on.
/// </summary>
public readonly record struct LogWentOffline(TopicPartition Partition, string Reason) : ITraceEvent
{
    public string Name => "log-went-offline";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("reason", Reason);
    }
}
