using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The content of one `.index` file: where in a segment to begin looking for an offset. Sparse; offsets and
/// positions ascend strictly, and none is at position 0, which needs no entry.
/// <code>
/// entry, 8 bytes, highest byte first
///   0  4  last offset of a batch - the segment's base offset
///   4  4  position where that batch begins
/// </code>
/// Kafka preallocates the file while it writes to the segment: entries end where zeros begin.
/// </summary>
public sealed class OffsetIndex(Offset segmentBase)
{
    public const int EntryBytes = 8;

    private readonly IndexBytes _entries = new(EntryBytes);

    /// <summary>First offset of the segment, which the file's name tells.</summary>
    public Offset SegmentBase { get; } = segmentBase;

    public int Count => _entries.Count;

    /// <summary>The file, without padding. Valid until the next change.</summary>
    public ReadOnlyMemory<byte> Bytes => _entries.Bytes;

    public OffsetPosition? Last => Count == 0 ? null : At(Count - 1);

    /// <summary>Entries count from 0.</summary>
    public OffsetPosition At(int index)
    {
        var entry = _entries[index];
        return new OffsetPosition(
            SegmentBase + BinaryPrimitives.ReadInt32BigEndian(entry),
            BinaryPrimitives.ReadInt32BigEndian(entry[4..]));
    }

    /// <summary>
    /// The batch that ends with <paramref name="lastOffset"/> begins at <paramref name="position"/>.
    /// </summary>
    public void Add(Offset lastOffset, int position)
    {
        var last = Last ?? new OffsetPosition(SegmentBase - 1, 0);
        Invariant.Assert(lastOffset > last.Offset);
        Invariant.Assert(position > last.Position);
        Invariant.Assert(lastOffset - SegmentBase <= int.MaxValue);
        var entry = _entries.Add();
        BinaryPrimitives.WriteInt32BigEndian(entry, (int)(lastOffset - SegmentBase));
        BinaryPrimitives.WriteInt32BigEndian(entry[4..], position);
    }

    /// <summary>
    /// The last entry at or below <paramref name="target"/>, or the segment's beginning: a batch with the
    /// target, if there is one, does not begin before it.
    /// </summary>
    public OffsetPosition FloorByOffset(Offset target)
    {
        var count = CountUpTo(target);
        return count == 0 ? Beginning : At(count - 1);
    }

    /// <summary>
    /// The last entry whose batch begins at or before <paramref name="position"/>, or the segment's
    /// beginning.
    /// </summary>
    public OffsetPosition FloorByPosition(int position)
    {
        var count = CountBefore(position + 1L);
        return count == 0 ? Beginning : At(count - 1);
    }

    /// <summary>The first entry whose batch begins at or beyond <paramref name="position"/>.</summary>
    public OffsetPosition? NextFrom(int position)
    {
        var index = CountBefore(position);
        return index == Count ? null : At(index);
    }

    /// <summary>Drops the entries of offsets at or beyond <paramref name="end"/>.</summary>
    public void TruncateTo(Offset end) => _entries.Truncate(CountUpTo(end - 1));

    /// <summary>
    /// Reads a file whose segment has <paramref name="segmentSizeBytes"/>. Null, with a problem in words,
    /// when it cannot be an index of that segment; it is then made anew from the segment.
    /// </summary>
    public static OffsetIndex? TryParse(
        Offset segmentBase, ReadOnlyMemory<byte> bytes, long segmentSizeBytes, out string problem)
    {
        if (IndexBytes.CountWithoutPadding(bytes.Span, EntryBytes) is not { } count)
        {
            problem = $"{bytes.Length} bytes are no whole number of entries of {EntryBytes}";
            return null;
        }
        var index = new OffsetIndex(segmentBase);
        index._entries.Adopt(bytes.Span[..(count * EntryBytes)]);
        problem = index.ProblemWith(segmentSizeBytes);
        return problem.Length == 0 ? index : null;
    }

    private OffsetPosition Beginning => new(SegmentBase, 0);

    /// <summary>Entries whose batch begins before <paramref name="position"/>.</summary>
    private int CountBefore(long position) =>
        Bisection.CountWith(
            Count, (Index: this, position), static (x, i) => x.Index.At(i).Position < x.position);

    private int CountUpTo(Offset target) =>
        Bisection.CountWith(
            Count, (Index: this, target), static (x, i) => x.Index.At(i).Offset <= x.target);

    /// <summary>What is wrong with the entries read; empty when nothing is.</summary>
    private string ProblemWith(long segmentSizeBytes)
    {
        var before = new OffsetPosition(SegmentBase - 1, 0);
        for (var i = 0; i < Count; i++)
        {
            var entry = At(i);
            if (entry.Offset <= before.Offset || entry.Position <= before.Position)
            {
                return $"entry {i} has offset {entry.Offset}, position {entry.Position} "
                    + $"after offset {before.Offset}, position {before.Position}";
            }
            if (entry.Position >= segmentSizeBytes)
            {
                return $"entry {i} has position {entry.Position} in a segment of {segmentSizeBytes} bytes";
            }
            before = entry;
        }
        return string.Empty;
    }
}
