using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Opens segments that somebody needs: the file, and its indexes as their files have them. Indexes that are
/// missing or cannot be right are made anew from the segment.
/// </summary>
internal sealed class SegmentLoader(IShard shard, LogStore store, LogSettings settings)
{
    private readonly SegmentFiles _files = new(store);

    /// <summary>Loads a segment that the caller holds; several may ask at once.</summary>
    public async EngineTask<IoStatus> Load(Segment segment)
    {
        Invariant.Assert(segment.Holders > 0);
        if (segment.IsLoaded)
        {
            return IoStatus.Ok;
        }
        var loaded = new EngineOp<IoStatus>(shard);
        segment.Loading.Add(loaded);
        if (segment.Loading.Count > 1)
        {
            return await loaded;
        }
        var status = await Open(segment);
        foreach (var waiting in segment.Loading)
        {
            waiting.Complete(status);
        }
        segment.Loading.Clear();
        return status;
    }

    /// <summary>The indexes have turned out to be wrong: they are made anew, and their files too.</summary>
    public async EngineTask<IoStatus> Rebuild(Segment segment)
    {
        shard.Trace.Mark("index-rebuilt");
        var rebuild = new IndexRebuild(shard, store, settings);
        var status = await rebuild.Run(segment, segment.File!);
        if (status != IoStatus.Ok)
        {
            return status;
        }
        segment.Load(segment.File!, rebuild.Indexes, rebuild.Aborted);
        segment.Saved = default;
        // They are only a help: a failure shows when something that matters is written.
        await _files.Save(segment, isSynced: false);
        return IoStatus.Ok;
    }

    private async EngineTask<IoStatus> Open(Segment segment)
    {
        var path = store.PathOf(LogFileNames.Segment(segment.BaseOffset));
        var opened = await store.Disk.Open(path, OpenMode.Existing);
        if (opened.File is not { } file)
        {
            return opened.Status;
        }
        var indexes = await _files.Read(segment, settings.IndexIntervalBytes);
        var aborted = await _files.ReadAborted(segment);
        if (indexes is not null && aborted is not null)
        {
            segment.Load(file, indexes, aborted);
            segment.Saved = new SavedIndexes(
                indexes.Offsets.Bytes.Length, indexes.Times.Bytes.Length, aborted.Bytes.Length);
            return IoStatus.Ok;
        }
        segment.Load(
            file,
            new SegmentIndexes(segment.BaseOffset, settings.IndexIntervalBytes),
            new AbortedTransactionIndex());
        var status = await Rebuild(segment);
        if (status != IoStatus.Ok)
        {
            store.Disk.Close(file);
            segment.Unload();
        }
        return status;
    }
}
