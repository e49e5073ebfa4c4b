using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>A leader gave a batch its offsets; it is on its way to the disk.</summary>
public readonly record struct BatchAppended(
    TopicPartition Partition, Offset BaseOffset, Offset EndOffset, LeaderEpoch Epoch, uint Crc)
    : ITraceEvent
{
    public string Name => "batch-appended";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("base", BaseOffset.Value);
        fields.Add("end", EndOffset.Value);
        fields.Add("epoch", Epoch.Value);
        fields.Add("crc", Crc);
    }
}
