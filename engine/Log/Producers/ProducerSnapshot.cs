using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The content of a `.snapshot` file: the producers' state at the offset that the file is named after, so
/// that a log need not be replayed from its beginning.
/// <code>
///   0  2  version, 1
///   2  4  CRC-32C of everything behind it
///   6  4  count of producers
///  10     a row of 46 bytes for each, by ascending id: see SnapshotRow
///         and behind Kafka's part, where it does not tell everything:
///      4  magic, "TBW1"
///      4  count of batches
///         a row of 40 bytes for each: see SnapshotBatchRow
/// </code>
/// Kafka keeps each producer's last batch only: a repetition of an older one is then no longer known after a
/// restart. The section behind keeps the others; Kafka's reader checks it with the checksum and passes over.
/// A section with another magic is refused, and the log replayed: nothing is half understood.
/// </summary>
public static class ProducerSnapshot
{
    private const short Version = 1;
    private const int CrcStart = 6;
    private const int RowsStart = 10;
    private const int SectionMagic = 0x54425731;
    private const int SectionHeadBytes = 8;

    /// <summary>The file for the state as it is now.</summary>
    public static byte[] Format(ProducerStates states)
    {
        var more = new List<SnapshotBatchRow>();
        foreach (var state in states.All)
        {
            AddBatchesBesides(SnapshotRow.Of(state), state, more);
        }
        var sectionBytes = more.Count == 0 ? 0 : SectionHeadBytes + more.Count * SnapshotBatchRow.SizeBytes;
        var file = new byte[RowsStart + states.Count * SnapshotRow.SizeBytes + sectionBytes];
        BinaryPrimitives.WriteInt16BigEndian(file, Version);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(CrcStart), states.Count);
        var at = RowsStart;
        foreach (var state in states.All)
        {
            SnapshotRow.Of(state).Write(file.AsSpan(at));
            at += SnapshotRow.SizeBytes;
        }
        WriteSection(file.AsSpan(at), more);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(2), Crc32C.Of(file.AsSpan(CrcStart)));
        return file;
    }

    /// <summary>
    /// Reads the file of the snapshot at <paramref name="end"/>. False, with a problem in words, when it is
    /// not one or says what cannot be; the log is then replayed instead.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> file,
        Offset end,
        out IReadOnlyList<ProducerSnapshotEntry> entries,
        out string problem)
    {
        entries = [];
        var rows = new List<SnapshotRow>();
        problem = ReadRows(file, end, rows);
        if (problem.Length > 0)
        {
            return false;
        }
        var assembly = new SnapshotAssembly(rows, end);
        problem = ReadSection(file[(RowsStart + rows.Count * SnapshotRow.SizeBytes)..], assembly);
        if (problem.Length > 0)
        {
            return false;
        }
        entries = assembly.Entries();
        return true;
    }

    /// <summary>The remembered batches that the row does not tell exactly.</summary>
    private static void AddBatchesBesides(
        in SnapshotRow row, ProducerState state, List<SnapshotBatchRow> more)
    {
        for (var i = 0; i < state.BatchCount; i++)
        {
            var batch = state.BatchAt(i);
            if (i < state.BatchCount - 1 || row.LastBatch() != batch)
            {
                more.Add(new SnapshotBatchRow(state.Id, batch));
            }
        }
    }

    private static void WriteSection(Span<byte> section, List<SnapshotBatchRow> more)
    {
        if (more.Count == 0)
        {
            return;
        }
        BinaryPrimitives.WriteInt32BigEndian(section, SectionMagic);
        BinaryPrimitives.WriteInt32BigEndian(section[4..], more.Count);
        var at = SectionHeadBytes;
        foreach (var row in more)
        {
            row.Write(section[at..]);
            at += SnapshotBatchRow.SizeBytes;
        }
    }

    private static string ReadRows(ReadOnlySpan<byte> file, Offset end, List<SnapshotRow> rows)
    {
        if (file.Length < RowsStart)
        {
            return $"{file.Length} bytes are too few";
        }
        var version = BinaryPrimitives.ReadInt16BigEndian(file);
        if (version != Version)
        {
            return $"version {version} is not known";
        }
        var crc = BinaryPrimitives.ReadUInt32BigEndian(file[2..]);
        if (Crc32C.Of(file[CrcStart..]) != crc)
        {
            return $"the checksum {crc} is not that of the content";
        }
        var count = BinaryPrimitives.ReadInt32BigEndian(file[CrcStart..]);
        if (count < 0 || count > (file.Length - RowsStart) / SnapshotRow.SizeBytes)
        {
            return $"{file.Length} bytes cannot hold {count} producers";
        }
        for (var i = 0; i < count; i++)
        {
            var row = SnapshotRow.Read(file[(RowsStart + i * SnapshotRow.SizeBytes)..]);
            if (row.ProblemBelow(end) is { Length: > 0 } problem)
            {
                return problem;
            }
            rows.Add(row);
        }
        return string.Empty;
    }

    private static string ReadSection(ReadOnlySpan<byte> section, SnapshotAssembly assembly)
    {
        if (!assembly.IsConsistent)
        {
            return "two producers have the same id, or open transactions that begin at the same offset";
        }
        if (section.IsEmpty)
        {
            return string.Empty;
        }
        if (section.Length < SectionHeadBytes
            || BinaryPrimitives.ReadInt32BigEndian(section) != SectionMagic
            || BinaryPrimitives.ReadInt32BigEndian(section[4..]) is var count && (count <= 0
                || section.Length != SectionHeadBytes + (long)count * SnapshotBatchRow.SizeBytes))
        {
            return $"the {section.Length} bytes behind the producers are not known";
        }
        for (var at = SectionHeadBytes; at < section.Length; at += SnapshotBatchRow.SizeBytes)
        {
            var row = SnapshotBatchRow.Read(section[at..]);
            if (!assembly.TryAdd(row))
            {
                return $"producer {row.Id} cannot have a batch from {row.Batch.BaseOffset} "
                    + $"to {row.Batch.EndOffset}";
            }
        }
        return string.Empty;
    }
}
