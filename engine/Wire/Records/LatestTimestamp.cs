namespace Testbed.Wire.Records;

/// <summary>
/// The latest time among records and the first record that has it. Begins at "none", which is -1: times
/// below it do not count, as in Kafka.
/// </summary>
internal struct LatestTimestamp
{
    public LatestTimestamp()
    {
        TimestampMs = RecordBatch.NoTimestamp;
        OffsetDelta = -1;
    }

    public long TimestampMs { get; private set; }

    public int OffsetDelta { get; private set; }

    public void See(long timestampMs, int offsetDelta)
    {
        if (timestampMs > TimestampMs)
        {
            TimestampMs = timestampMs;
            OffsetDelta = offsetDelta;
        }
    }
}
