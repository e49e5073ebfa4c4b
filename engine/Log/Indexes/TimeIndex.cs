using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The content of one `.timeindex` file (KIP-33): how late a segment's records are up to certain offsets.
/// Timestamps and offsets ascend strictly.
/// <code>
/// entry, 12 bytes, highest byte first
///   0  8  largest timestamp so far, milliseconds
///   8  4  last offset of the batch that has it - the segment's base offset
/// </code>
/// Kafka preallocates the file while it writes to the segment: entries end where zeros begin.
/// </summary>
public sealed class TimeIndex(Offset segmentBase)
{
    public const int EntryBytes = 12;
    private const long NoTimestamp = -1;

    private readonly IndexBytes _entries = new(EntryBytes);

    /// <summary>First offset of the segment, which the file's name tells.</summary>
    public Offset SegmentBase { get; } = segmentBase;

    public int Count => _entries.Count;

    /// <summary>The file, without padding. Valid until the next change.</summary>
    public ReadOnlyMemory<byte> Bytes => _entries.Bytes;

    public TimeIndexEntry? Last => Count == 0 ? null : At(Count - 1);

    /// <summary>Entries count from 0.</summary>
    public TimeIndexEntry At(int index)
    {
        var entry = _entries[index];
        return new TimeIndexEntry(
            BinaryPrimitives.ReadInt64BigEndian(entry),
            SegmentBase + BinaryPrimitives.ReadInt32BigEndian(entry[8..]));
    }

    /// <summary>
    /// Adds an entry if the timestamp is later than the last one's, and than "none", which is -1. Its offset
    /// is larger then.
    /// </summary>
    public void MaybeAdd(long timestampMs, Offset offset)
    {
        var last = Last ?? new TimeIndexEntry(NoTimestamp, SegmentBase - 1);
        if (timestampMs <= last.MaxTimestampMs)
        {
            return;
        }
        Invariant.Assert(offset > last.Offset);
        Invariant.Assert(offset - SegmentBase <= int.MaxValue);
        var entry = _entries.Add();
        BinaryPrimitives.WriteInt64BigEndian(entry, timestampMs);
        BinaryPrimitives.WriteInt32BigEndian(entry[8..], (int)(offset - SegmentBase));
    }

    /// <summary>
    /// The last entry that is not later than <paramref name="timestampMs"/>, or (-1, the segment's base
    /// offset). The first record later than the entry's own timestamp does not come before its offset.
    /// </summary>
    public TimeIndexEntry FloorByTimestamp(long timestampMs)
    {
        var count = Bisection.CountWith(
            Count,
            (Index: this, timestampMs),
            static (x, i) => x.Index.At(i).MaxTimestampMs <= x.timestampMs);
        return count == 0 ? new TimeIndexEntry(NoTimestamp, SegmentBase) : At(count - 1);
    }

    /// <summary>
    /// The last entry at or below <paramref name="offset"/>, or (-1, the segment's base offset).
    /// </summary>
    public TimeIndexEntry FloorByOffset(Offset offset)
    {
        var count = CountBelow(offset + 1);
        return count == 0 ? new TimeIndexEntry(NoTimestamp, SegmentBase) : At(count - 1);
    }

    /// <summary>Drops the entries of offsets at or beyond <paramref name="end"/>.</summary>
    public void TruncateTo(Offset end) => _entries.Truncate(CountBelow(end));

    /// <summary>
    /// Reads a file whose segment ends before <paramref name="segmentEnd"/>. Null, with a problem in words,
    /// when it cannot be a time index of that segment; it is then made anew from the segment.
    /// </summary>
    public static TimeIndex? TryParse(
        Offset segmentBase, ReadOnlyMemory<byte> bytes, Offset segmentEnd, out string problem)
    {
        if (IndexBytes.CountWithoutPadding(bytes.Span, EntryBytes) is not { } count)
        {
            problem = $"{bytes.Length} bytes are no whole number of entries of {EntryBytes}";
            return null;
        }
        var index = new TimeIndex(segmentBase);
        // One entry of zeros alone is no padding: a record of 1970 at the segment's first offset.
        var used = bytes.Length == EntryBytes ? 1 : count;
        index._entries.Adopt(bytes.Span[..(used * EntryBytes)]);
        problem = index.ProblemWith(segmentEnd);
        return problem.Length == 0 ? index : null;
    }

    private int CountBelow(Offset end) =>
        Bisection.CountWith(
            Count, (Index: this, end), static (x, i) => x.Index.At(i).Offset < x.end);

    /// <summary>What is wrong with the entries read; empty when nothing is.</summary>
    private string ProblemWith(Offset segmentEnd)
    {
        var before = new TimeIndexEntry(NoTimestamp, SegmentBase - 1);
        for (var i = 0; i < Count; i++)
        {
            var entry = At(i);
            if (entry.MaxTimestampMs <= before.MaxTimestampMs || entry.Offset <= before.Offset)
            {
                return $"entry {i} has timestamp {entry.MaxTimestampMs}, offset {entry.Offset} "
                    + $"after timestamp {before.MaxTimestampMs}, offset {before.Offset}";
            }
            if (entry.Offset >= segmentEnd)
            {
                return $"entry {i} has offset {entry.Offset} in a segment that ends at {segmentEnd}";
            }
            before = entry;
        }
        return string.Empty;
    }
}
