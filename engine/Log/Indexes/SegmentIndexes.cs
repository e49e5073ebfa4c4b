using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The two indexes of one segment and the rule by which they grow, which is Kafka's to the byte. Writing and
/// scanning feed it the same batches in the same order, so both make the same files.
/// <code>
/// a batch comes         its timestamp counts; then, if more than index.interval.bytes have come since the
///                       last entry: an offset entry (its last offset, its position) and a time entry (the
///                       largest timestamp so far); its own bytes count for the next entry
/// the segment is full   a time entry with the largest timestamp
/// </code>
/// A log that is opened again or truncated counts its bytes anew, as Kafka does: entries then lie elsewhere
/// than in a segment written in one go, and are no less right.
/// </summary>
public sealed class SegmentIndexes
{
    private readonly int _intervalBytes;
    private long _bytesSinceEntry;

    /// <summary>Of an empty segment.</summary>
    public SegmentIndexes(Offset segmentBase, int intervalBytes)
        : this(new OffsetIndex(segmentBase), new TimeIndex(segmentBase), intervalBytes)
    {
    }

    /// <summary>
    /// Of a segment whose files have been read; the last time entry is of its latest record.
    /// </summary>
    public SegmentIndexes(OffsetIndex offsets, TimeIndex times, int intervalBytes)
    {
        Invariant.Assert(offsets.SegmentBase == times.SegmentBase);
        Offsets = offsets;
        Times = times;
        _intervalBytes = intervalBytes;
        Recall();
    }

    public OffsetIndex Offsets { get; }

    public TimeIndex Times { get; }

    /// <summary>
    /// Largest timestamp of the segment's batches, in milliseconds; -1 while there is none.
    /// </summary>
    public long MaxTimestampMs { get; private set; }

    /// <summary>
    /// Last offset of the first batch with that timestamp; the segment's base offset while there is none.
    /// </summary>
    public Offset MaxTimestampOffset { get; private set; }

    /// <summary>The next batch of the segment begins at <paramref name="position"/>.</summary>
    public void OnBatch(in BatchSpan batch, int position)
    {
        OnKept(batch);
        if (_bytesSinceEntry > _intervalBytes)
        {
            Offsets.Add(batch.EndOffset - 1, position);
            Times.MaybeAdd(MaxTimestampMs, MaxTimestampOffset);
            _bytesSinceEntry = 0;
        }
        _bytesSinceEntry += batch.SizeBytes;
    }

    /// <summary>
    /// Nothing more comes for now: the segment is full, or the log is closed. Its latest record has an entry
    /// afterwards.
    /// </summary>
    public void Seal() => Times.MaybeAdd(MaxTimestampMs, MaxTimestampOffset);

    /// <summary>
    /// The segment now ends before <paramref name="end"/>. Entries that remain may leave out its latest
    /// records: the batches from the last time entry's on are then shown to <see cref="OnKept"/>.
    /// </summary>
    public void TruncateTo(Offset end)
    {
        Offsets.TruncateTo(end);
        Times.TruncateTo(end);
        _bytesSinceEntry = 0;
        Recall();
    }

    /// <summary>
    /// A batch is already in the segment, behind the last time entry: its timestamp counts. Neither index
    /// changes.
    /// </summary>
    public void OnKept(in BatchSpan batch)
    {
        if (batch.MaxTimestampMs > MaxTimestampMs)
        {
            MaxTimestampMs = batch.MaxTimestampMs;
            MaxTimestampOffset = batch.EndOffset - 1;
        }
    }

    /// <summary>
    /// True when one of the files has no room for the next batch's entry (segment.index.bytes): the segment
    /// is full then. A time entry is kept free for <see cref="Seal"/>.
    /// </summary>
    public bool IsFull(int maxIndexBytes) =>
        Offsets.Count >= maxIndexBytes / OffsetIndex.EntryBytes
        || Times.Count >= maxIndexBytes / TimeIndex.EntryBytes - 1;

    private void Recall()
    {
        var latest = Times.Last ?? new TimeIndexEntry(-1, Times.SegmentBase);
        MaxTimestampMs = latest.MaxTimestampMs;
        MaxTimestampOffset = latest.Offset;
    }
}
