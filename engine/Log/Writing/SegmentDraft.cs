using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The active segment as it will be when all that is appended has been written. Decides, when a batch is
/// appended, whether it begins another segment: by size, time, index size, and because an index holds offsets
/// as 31 bits behind the segment's first.
/// </summary>
internal sealed class SegmentDraft
{
    private Offset _baseOffset;
    private long _sizeBytes;
    private long _bytesSinceEntry;
    private int _entries;              // of the offset index; the time index has at most as many
    private long _firstTimestampMs;    // -1: there is none
    private Instant _since;
    private long _earlierMs;           // of segment.ms

    public bool Exists { get; private set; }

    /// <summary>A segment begins, rolled earlier than segment.ms by at most its jitter.</summary>
    public void Begin(Offset baseOffset, Instant now, LogSettings settings, Prng jitter)
    {
        Exists = true;
        _baseOffset = baseOffset;
        _sizeBytes = 0;
        _bytesSinceEntry = 0;
        _entries = 0;
        _firstTimestampMs = -1;
        _since = now;
        var spreadMs = long.Min(settings.SegmentJitterMs, settings.SegmentMs);
        _earlierMs = spreadMs <= 0 ? 0 : jitter.Between(0, spreadMs);
    }

    /// <summary>The segment has been found, or cut, like this.</summary>
    public void Resume(long sizeBytes, int entries, long firstTimestampMs)
    {
        _sizeBytes = sizeBytes;
        _entries = entries;
        _firstTimestampMs = firstTimestampMs;
    }

    public bool MustRoll(in BatchSpan next, LogSettings settings, Instant now) =>
        !Exists
        || (_sizeBytes > 0
            && (_sizeBytes + next.SizeBytes > settings.SegmentBytes
                || AgeMs(next, now) > settings.SegmentMs - _earlierMs
                || IsIndexFull(settings.SegmentIndexBytes)
                || next.EndOffset - _baseOffset > int.MaxValue));

    /// <summary>
    /// The batch will lie at the segment's end. Grows as <see cref="SegmentIndexes"/> will.
    /// </summary>
    public void Add(in BatchSpan batch, LogSettings settings)
    {
        if (_sizeBytes == 0)
        {
            _firstTimestampMs = batch.MaxTimestampMs;
        }
        if (_bytesSinceEntry > settings.IndexIntervalBytes)
        {
            _entries++;
            _bytesSinceEntry = 0;
        }
        _sizeBytes += batch.SizeBytes;
        _bytesSinceEntry += batch.SizeBytes;
    }

    /// <summary>
    /// By the records' timestamps, so that a copy rolls where the original has; by the clock when they have
    /// none.
    /// </summary>
    private long AgeMs(in BatchSpan next, Instant now) => _firstTimestampMs >= 0
        ? next.MaxTimestampMs - _firstTimestampMs
        : now.MsSince(_since);

    private bool IsIndexFull(int maxBytes) =>
        _entries >= maxBytes / OffsetIndex.EntryBytes || _entries >= maxBytes / TimeIndex.EntryBytes - 1;
}
