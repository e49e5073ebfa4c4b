using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Opens segments that somebody needs: the file, and its indexes as their files have them. Indexes that are
/// missing or cannot be right are made anew from the segment.
/// </summary>
internal sealed class SegmentLoader(IShard shard, PartitionLog log, LogStore store)
{
    private readonly SegmentFiles _files = new(store);

    /// <summary>Loads a segment that the caller holds; several may ask at once.</summary>
    public async EngineTask<IoStatus> Load(Segment segment)
    {
        Invariant.Assert(segment.Holders > 0);
        return segment.IsLoaded ? IoStatus.Ok : await Once(segment, Open);
    }

    /// <summary>
    /// The same, and its aborted transactions are right: who reads committed records, or compacts, relies on
    /// them. That takes reading the segment, once.
    /// </summary>
    public async EngineTask<IoStatus> LoadProven(Segment segment)
    {
        var status = await Load(segment);
        return status == IoStatus.Ok && !segment.IsAbortedProven ? await Once(segment, Prove) : status;
    }

    /// <summary>The indexes have turned out to be wrong: they are made anew, and their files too.</summary>
    public EngineTask<IoStatus> Rebuild(Segment segment) =>
        Once(segment, loaded => Remake(loaded, loaded.File!));

    /// <summary>
    /// The last index entry at or below an offset of a loaded segment, or the segment's beginning; a batch is
    /// there that ends with the entry's offset.
    /// </summary>
    public async EngineTask<(IoStatus Status, OffsetPosition Entry)> Near(Segment segment, Offset offset)
    {
        var entry = segment.Indexes!.Offsets.FloorByOffset(offset);
        var beginning = new OffsetPosition(segment.BaseOffset, 0);
        if (entry.Position == 0)
        {
            return (IoStatus.Ok, beginning);
        }
        var walker = new BatchWalker(shard, store.Disk, segment.File!, entry.Position);
        var batch = entry.Position < segment.SizeBytes ? await walker.Peek(segment.SizeBytes) : null;
        walker.Release();
        return batch?.EndOffset == entry.Offset + 1
            ? (IoStatus.Ok, entry)
            : (await Rebuild(segment), beginning);
    }

    /// <summary>Who asks for the same meanwhile waits for the one who does it.</summary>
    private async EngineTask<IoStatus> Once(Segment segment, Func<Segment, EngineTask<IoStatus>> step)
    {
        var done = new EngineOp<IoStatus>(shard);
        segment.Loading.Add(done);
        if (segment.Loading.Count > 1)
        {
            return await done;
        }
        var status = await step(segment);
        foreach (var waiting in segment.Loading)
        {
            waiting.Complete(status);
        }
        segment.Loading.Clear();
        return status;
    }

    private async EngineTask<IoStatus> Remake(Segment segment, IFile file)
    {
        shard.Trace.Mark("index-rebuilt");
        var status = await NewRebuild().Run(segment, file);
        await SaveIfEnded(segment, status);
        return status;
    }

    private async EngineTask<IoStatus> Prove(Segment segment)
    {
        var told = segment.Aborted;
        var status = await NewRebuild().Prove(segment, isExact: !log.MayHaveGap(segment.EndOffset));
        if (segment.Aborted != told)
        {
            shard.Trace.Mark("aborted-index-corrected");
            await SaveIfEnded(segment, status);
        }
        return status;
    }

    private IndexRebuild NewRebuild() => new(shard, store, log.Settings.IndexIntervalBytes);

    private async EngineTask SaveIfEnded(Segment segment, IoStatus status)
    {
        if (status == IoStatus.Ok && segment != store.Active)
        {
            // They are only a help: a failure shows when something that matters is written. But a power cut
            // must not leave a part of them that looks like all. The active segment's are its writer's work.
            await _files.Save(segment, isSynced: true);
            await store.Disk.SyncDirectory(store.Directory);
        }
    }

    private async EngineTask<IoStatus> Open(Segment segment)
    {
        var path = store.PathOf(LogFileNames.Segment(segment.BaseOffset));
        var opened = await store.Disk.Open(path, OpenMode.Existing);
        if (opened.File is not { } file)
        {
            return opened.Status;
        }
        var indexes = await _files.Read(segment, log.Settings.IndexIntervalBytes);
        var aborted = await _files.ReadAborted(segment);
        if (indexes is not null
            && aborted is not null
            && await LatestCheck.IsRight(shard, store.Disk, file, indexes, segment.SizeBytes))
        {
            segment.Load(file, indexes, aborted);
            segment.Saved = SavedIndexes.Of(indexes, aborted);
            return IoStatus.Ok;
        }
        var status = await Remake(segment, file);
        if (status != IoStatus.Ok)
        {
            store.Disk.Close(file);
        }
        return status;
    }
}
