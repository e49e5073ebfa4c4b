using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// What retention and compaction have to know of a log's segments. Sizes and offsets are at hand; times are
/// in the indexes, which are read for as many segments as somebody asks about.
/// </summary>
internal sealed class SegmentTimes(IShard shard, LogStore store, SegmentLoader loader)
{
    /// <summary>
    /// The segments as they are now. The times of those never loaded are told as the largest there is: too
    /// young for anything. Where no record has a time, the file's counts, as with Kafka.
    /// </summary>
    public List<SegmentFacts> Known()
    {
        var facts = new List<SegmentFacts>();
        foreach (var segment in store.Segments)
        {
            segment.Date(shard.WallMs);
            facts.Add(new SegmentFacts(
                segment.BaseOffset,
                segment.EndOffset,
                segment.SizeBytes,
                segment.MaxTimestampMs is -1 ? segment.ModifiedMs : segment.MaxTimestampMs ?? long.MaxValue,
                segment.FirstTimestampMs ?? long.MaxValue));
        }
        return facts;
    }

    /// <summary>Reads the times of a segment that are not known yet.</summary>
    public async EngineTask<IoStatus> Learn(Segment segment)
    {
        if (segment is { MaxTimestampMs: not null, FirstTimestampMs: not null })
        {
            return IoStatus.Ok;
        }
        var hold = new SegmentHold(store.Cache, segment);
        var status = await loader.Load(segment);
        if (status == IoStatus.Ok && segment.FirstTimestampMs is null)
        {
            (status, segment.FirstTimestampMs) = await BatchWalker.FirstTimestamp(
                shard, store.Disk, segment.File!, segment.SizeBytes);
        }
        hold.Release();
        return status;
    }
}
