using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Stored bytes that a reader asked for are not those that were written. They are not served; the rest of the
/// log is.
/// </summary>
public readonly record struct LogDamageFound(TopicPartition Partition, string Reason) : ITraceEvent
{
    public string Name => "log-damage-found";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("reason", Reason);
    }
}
