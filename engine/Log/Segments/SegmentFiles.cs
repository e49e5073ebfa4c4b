using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The index files beside the segments of one log. They only ever grow while a segment does, and are written
/// behind the log: what a crash leaves of them is checked when they are read, and made anew when it is wrong.
/// </summary>
internal sealed class SegmentFiles(LogStore store)
{
    /// <summary>
    /// Brings what is new of a loaded segment's indexes to the disk, for good with
    /// <paramref name="isSynced"/>; new names are not synced.
    /// </summary>
    public async EngineTask<IoStatus> Save(Segment segment, bool isSynced)
    {
        var (offsets, times, aborted) =
            (segment.Indexes!.Offsets.Bytes, segment.Indexes.Times.Bytes, segment.Aborted!.Bytes);
        var saved = segment.Saved;
        var status = await Append(
            segment, LogFileNames.OffsetIndexSuffix, offsets, saved.OffsetBytes, isSynced);
        if (status == IoStatus.Ok)
        {
            status = await Append(segment, LogFileNames.TimeIndexSuffix, times, saved.TimeBytes, isSynced);
        }
        if (status == IoStatus.Ok && (aborted.Length > 0 || saved.AbortedBytes > 0))
        {
            status = await Append(
                segment, LogFileNames.AbortedIndexSuffix, aborted, saved.AbortedBytes, isSynced);
        }
        if (status == IoStatus.Ok)
        {
            segment.Saved = new SavedIndexes(offsets.Length, times.Length, aborted.Length);
        }
        return status;
    }

    /// <summary>
    /// A segment's indexes as its files have them; null when one is missing or cannot be right.
    /// </summary>
    public async EngineTask<SegmentIndexes?> Read(Segment segment, int intervalBytes)
    {
        var offsets = await Bytes(segment, LogFileNames.OffsetIndexSuffix) is { } offsetBytes
            ? OffsetIndex.TryParse(segment.BaseOffset, offsetBytes, segment.SizeBytes, out _)
            : null;
        var times = await Bytes(segment, LogFileNames.TimeIndexSuffix) is { } timeBytes
            ? TimeIndex.TryParse(segment.BaseOffset, timeBytes, EndOf(segment), out _)
            : null;
        return offsets is null || times is null
            ? null
            : new SegmentIndexes(offsets, times, intervalBytes);
    }

    /// <summary>
    /// The aborted transactions of a segment: none when there is no file; null when it cannot be right.
    /// </summary>
    public async EngineTask<AbortedTransactionIndex?> ReadAborted(Segment segment)
    {
        if (await Bytes(segment, LogFileNames.AbortedIndexSuffix) is not { } bytes)
        {
            return new AbortedTransactionIndex();
        }
        var index = AbortedTransactionIndex.TryParse(segment.BaseOffset, bytes, out _);
        return index is { Count: > 0 } && index.At(index.Count - 1).Last >= EndOf(segment) ? null : index;
    }

    /// <summary>
    /// Takes the index files of a segment away, whichever there are; the names are not synced.
    /// </summary>
    public async EngineTask<IoStatus> Delete(Offset baseOffset)
    {
        foreach (var suffix in LogFileNames.IndexSuffixes)
        {
            var deleted = await store.Disk.Delete(store.PathOf(LogFileNames.OfSegment(baseOffset, suffix)));
            if (deleted.Status is not (IoStatus.Ok or IoStatus.NotFound))
            {
                return deleted.Status;
            }
        }
        return IoStatus.Ok;
    }

    /// <summary>Of the last segment it is not known before it has been examined.</summary>
    private static Offset EndOf(Segment segment) => segment.EndOffset > segment.BaseOffset
        ? segment.EndOffset
        : segment.BaseOffset + int.MaxValue;

    private async EngineTask<IoStatus> Append(
        Segment segment, string suffix, ReadOnlyMemory<byte> content, int savedBytes, bool isSynced)
    {
        var path = store.PathOf(LogFileNames.OfSegment(segment.BaseOffset, suffix));
        var opened = await store.Disk.Open(path, OpenMode.OpenOrCreate);
        if (opened.File is not { } file)
        {
            return opened.Status;
        }
        var kept = (int)Math.Min(savedBytes, file.Length);
        if (file.Length > kept && content.Length > 0)
        {
            // Something else is there. It is replaced as a whole: recovery may believe what was synced.
            store.Disk.Close(file);
            return await AtomicFile.Write(store.Disk, path, content);
        }
        var done = file.Length > kept ? await store.Disk.Truncate(file, kept) : new IoResult(IoStatus.Ok);
        if (done.IsOk && content.Length > kept)
        {
            // The index may grow meanwhile, into another array.
            done = await store.Disk.Write(file, kept, [content[kept..]]);
        }
        if (done.IsOk && isSynced)
        {
            done = await store.Disk.Sync(file);
        }
        store.Disk.Close(file);
        return done.Status;
    }

    private async EngineTask<byte[]?> Bytes(Segment segment, string suffix)
    {
        var path = store.PathOf(LogFileNames.OfSegment(segment.BaseOffset, suffix));
        var (_, content) = await AtomicFile.Read(store.Disk, path);
        return content;
    }
}
