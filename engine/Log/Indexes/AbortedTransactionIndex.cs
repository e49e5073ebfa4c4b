using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The content of one `.txnindex` file: the aborted transactions whose marker is in the segment, by ascending
/// marker offset. A segment without any has no file.
/// <code>
/// entry, 34 bytes, highest byte first
///   0  2  version, 0
///   2  8  producer id
///  10  8  first offset
///  18  8  last offset, the marker's
///  26  8  last stable offset
/// </code>
/// </summary>
public sealed class AbortedTransactionIndex
{
    public const int EntryBytes = 34;
    private const short Version = 0;

    private readonly IndexBytes _entries = new(EntryBytes);

    public int Count => _entries.Count;

    /// <summary>The file. Valid until the next change.</summary>
    public ReadOnlyMemory<byte> Bytes => _entries.Bytes;

    /// <summary>Entries count from 0.</summary>
    public AbortedTransaction At(int index)
    {
        var entry = _entries[index];
        return new AbortedTransaction(
            new ProducerId(BinaryPrimitives.ReadInt64BigEndian(entry[2..])),
            OffsetOf(entry[10..]),
            OffsetOf(entry[18..]),
            OffsetOf(entry[26..]));
    }

    /// <summary>All entries.</summary>
    public List<AbortedTransaction> ToList()
    {
        var all = new List<AbortedTransaction>(Count);
        for (var i = 0; i < Count; i++)
        {
            all.Add(At(i));
        }
        return all;
    }

    /// <summary>A transaction whose marker comes after all markers here.</summary>
    public void Add(in AbortedTransaction aborted)
    {
        Invariant.Assert(Count == 0 || aborted.Last > At(Count - 1).Last);
        Invariant.Assert(aborted.First < aborted.Last);
        var entry = _entries.Add();
        BinaryPrimitives.WriteInt16BigEndian(entry, Version);
        BinaryPrimitives.WriteInt64BigEndian(entry[2..], aborted.ProducerId.Value);
        BinaryPrimitives.WriteInt64BigEndian(entry[10..], aborted.First.Value);
        BinaryPrimitives.WriteInt64BigEndian(entry[18..], aborted.Last.Value);
        BinaryPrimitives.WriteInt64BigEndian(entry[26..], aborted.LastStable.Value);
    }

    /// <summary>
    /// Appends the transactions that have records in [<paramref name="fetchFrom"/>,
    /// <paramref name="upperBound"/>). Complete when nothing later can: an entry says that all below the
    /// bound had been decided by then. Otherwise the next segments' indexes may have more.
    /// </summary>
    public void Collect(
        Offset fetchFrom, Offset upperBound, List<AbortedTransaction> into, out bool isComplete)
    {
        for (var i = 0; i < Count; i++)
        {
            var aborted = At(i);
            if (aborted.Last >= fetchFrom && aborted.First < upperBound)
            {
                into.Add(aborted);
            }
            if (aborted.LastStable >= upperBound)
            {
                isComplete = true;
                return;
            }
        }
        isComplete = false;
    }

    /// <summary>Drops the transactions whose marker is at or beyond <paramref name="end"/>.</summary>
    public void TruncateTo(Offset end)
    {
        var count = Count;
        while (count > 0 && At(count - 1).Last >= end)
        {
            count--;
        }
        _entries.Truncate(count);
    }

    /// <summary>
    /// Reads the file of the segment that begins at <paramref name="segmentBase"/>. Null, with a problem in
    /// words, when it cannot be its index; it is then made anew from the log.
    /// </summary>
    public static AbortedTransactionIndex? TryParse(
        Offset segmentBase, ReadOnlyMemory<byte> bytes, out string problem)
    {
        if (bytes.Length % EntryBytes != 0)
        {
            problem = $"{bytes.Length} bytes are no whole number of entries of {EntryBytes}";
            return null;
        }
        var index = new AbortedTransactionIndex();
        index._entries.Adopt(bytes.Span);
        problem = index.ProblemWith(segmentBase);
        return problem.Length == 0 ? index : null;
    }

    private string ProblemWith(Offset segmentBase)
    {
        var before = segmentBase - 1;
        for (var i = 0; i < Count; i++)
        {
            var version = BinaryPrimitives.ReadInt16BigEndian(_entries[i]);
            if (version != Version)
            {
                return $"entry {i} has version {version}";
            }
            var aborted = At(i);
            if (aborted.First.Value < 0 || aborted.First >= aborted.Last || aborted.LastStable.Value < 0
                || aborted.LastStable - 1 > aborted.Last)
            {
                return $"entry {i} begins at {aborted.First}, ends at {aborted.Last} "
                    + $"and has last stable offset {aborted.LastStable}";
            }
            if (aborted.Last <= before)
            {
                return $"entry {i} ends at {aborted.Last}, which does not come after {before}";
            }
            before = aborted.Last;
        }
        return string.Empty;
    }

    private static Offset OffsetOf(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadInt64BigEndian(bytes));
}
