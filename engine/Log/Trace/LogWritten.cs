using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// All batches below <paramref name="EndOffset"/> are in the file, and synced where the settings ask for it.
/// </summary>
public readonly record struct LogWritten(TopicPartition Partition, Offset EndOffset, bool IsSynced)
    : ITraceEvent
{
    public string Name => "log-written";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("end", EndOffset.Value);
        fields.Add("synced", IsSynced ? 1 : 0);
    }
}
