using System.Buffers.Binary;
using Testbed.Compression;
using Testbed.Foundation;
using Testbed.Wire.Records;

namespace Testbed.Log;

/// <summary>
/// The `.index` and `.timeindex` of a segment that is being made, by the rule that Kafka's appending follows:
/// a batch gets an entry once more than index.interval.bytes have come since the last one.
/// </summary>
/// <remarks>
/// <code>
/// .index, 8 bytes an entry        0  4  last offset of the batch - base of the segment
///                                 4  4  where the batch begins
/// .timeindex, 12 bytes an entry   0  8  largest max timestamp up to that batch, ms since 1970
///                                 8  4  last offset of the batch that has it - base of the segment
/// </code>
/// The time index ends with the segment's latest batch. Entries ascend.
/// </remarks>
internal sealed class CleanedIndexes(IBuffers buffers, Offset segmentBase, CleanSettings settings)
{
    private const int OffsetEntryBytes = 8;
    private const int TimeEntryBytes = 12;

    private readonly ByteBuffer _offsets = new(buffers);
    private readonly ByteBuffer _times = new(buffers);
    private long _bytesSinceEntry;
    private Offset _latestOffset;    // last offset of the batch with the largest timestamp, once there is one
    private long _lastTimeMs = RecordBatch.NoTimestamp;    // of the last time entry

    public ByteBuffer Offsets => _offsets;

    public ByteBuffer Times => _times;

    /// <summary>Largest max timestamp of the batches so far.</summary>
    public long MaxTimestampMs { get; private set; } = RecordBatch.NoTimestamp;

    /// <summary>The batch begins at <paramref name="position"/>, behind all others.</summary>
    public void Add(RecordBatch batch, int position)
    {
        var last = new Offset(batch.LastOffset);
        if (batch.MaxTimestamp > MaxTimestampMs)
        {
            MaxTimestampMs = batch.MaxTimestamp;
            _latestOffset = last;
        }
        var hasRoom = _offsets.Length + OffsetEntryBytes <= settings.IndexBytes;
        if (_bytesSinceEntry > settings.IndexIntervalBytes && hasRoom)
        {
            var entry = _offsets.Reserve(OffsetEntryBytes);
            BinaryPrimitives.WriteInt32BigEndian(entry, Relative(last));
            BinaryPrimitives.WriteInt32BigEndian(entry[sizeof(int)..], position);
            _offsets.Advance(OffsetEntryBytes);
            AddTime();
            _bytesSinceEntry = 0;
        }
        _bytesSinceEntry += batch.SizeInBytes;
    }

    /// <summary>No batch follows.</summary>
    public void Finish() => AddTime();

    public void Release()
    {
        _offsets.Release();
        _times.Release();
    }

    private void AddTime()
    {
        if (MaxTimestampMs <= _lastTimeMs || _times.Length + TimeEntryBytes > settings.IndexBytes)
        {
            return;
        }
        var entry = _times.Reserve(TimeEntryBytes);
        BinaryPrimitives.WriteInt64BigEndian(entry, MaxTimestampMs);
        BinaryPrimitives.WriteInt32BigEndian(entry[sizeof(long)..], Relative(_latestOffset));
        _times.Advance(TimeEntryBytes);
        _lastTimeMs = MaxTimestampMs;
    }

    private int Relative(Offset offset) => (int)(offset - segmentBase);
}
