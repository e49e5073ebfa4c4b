using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// A log was compacted up to <paramref name="CleanedEnd"/>: segments with <paramref name="BytesBefore"/>
/// bytes of batches were replaced by ones with <paramref name="BytesAfter"/>.
/// </summary>
public readonly record struct LogCleaned(
    TopicPartition Partition,
    Offset FirstDirty,
    Offset CleanedEnd,
    long BytesBefore,
    long BytesAfter,
    long RecordsRemoved)
    : ITraceEvent
{
    public string Name => "log-cleaned";

    public void Describe(ITraceFields fields)
    {
        fields.Add("topic", Partition.Topic);
        fields.Add("partition", Partition.Partition);
        fields.Add("from", FirstDirty.Value);
        fields.Add("end", CleanedEnd.Value);
        fields.Add("before", BytesBefore);
        fields.Add("after", BytesAfter);
        fields.Add("removed", RecordsRemoved);
    }
}
