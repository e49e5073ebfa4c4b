using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>The producers' snapshots of one log: which there are, and reading and deleting them.</summary>
internal sealed class SnapshotFiles(IShard shard, IDisk disk, string directory)
{
    private readonly SortedSet<long> _offsets = [];

    public bool Has(Offset at) => _offsets.Contains(at.Value);

    public void Add(Offset at) => _offsets.Add(at.Value);

    /// <summary>
    /// The newest that is at or below <paramref name="limit"/> and can be read, and where it was taken; null
    /// when there is none.
    /// </summary>
    public async EngineTask<(Offset At, ProducerStates States)?> NewestUpTo(Offset limit)
    {
        foreach (var at in _offsets.GetViewBetween(0, limit.Value < 0 ? 0 : limit.Value).Reverse())
        {
            var offset = new Offset(at);
            var (_, content) = await AtomicFile.Read(disk, PathOf(offset));
            if (content is not null
                && offset <= limit
                && ProducerSnapshot.TryParse(content, offset, out var entries, out _))
            {
                return (offset, ProducerStates.Restore(entries, shard.Now));
            }
            shard.Trace.Mark("snapshot-refused");
        }
        return null;
    }

    /// <summary>Takes one at this offset, durably.</summary>
    public async EngineTask<IoStatus> Write(Offset at, byte[] content)
    {
        var status = await AtomicFile.Write(disk, PathOf(at), content);
        if (status == IoStatus.Ok)
        {
            Add(at);
        }
        return status;
    }

    /// <summary>Deletes those above <paramref name="end"/>, of batches that are not there any more.</summary>
    public EngineTask<IoStatus> DeleteAbove(Offset end) =>
        Delete(_offsets.GetViewBetween(end.Value + 1, long.MaxValue));

    /// <summary>Deletes those below <paramref name="start"/>, of batches that are deleted.</summary>
    public EngineTask<IoStatus> DeleteBelow(Offset start) => start.Value == 0
        ? Delete([])
        : Delete(_offsets.GetViewBetween(0, start.Value - 1));

    /// <summary>Deletes those in [from, end) of which <paramref name="isStray"/> says so.</summary>
    public EngineTask<IoStatus> DeleteIn(Offset from, Offset end, Predicate<Offset> isStray)
    {
        var strays = new List<long>();
        if (from < end)
        {
            foreach (var at in _offsets.GetViewBetween(from.Value, end.Value - 1))
            {
                if (isStray(new Offset(at)))
                {
                    strays.Add(at);
                }
            }
        }
        return Delete(strays);
    }

    private async EngineTask<IoStatus> Delete(IEnumerable<long> offsets)
    {
        foreach (var at in new List<long>(offsets))
        {
            var deleted = await disk.Delete(PathOf(new Offset(at)));
            if (deleted.Status is not (IoStatus.Ok or IoStatus.NotFound))
            {
                return deleted.Status;
            }
            _offsets.Remove(at);
        }
        return IoStatus.Ok;
    }

    private string PathOf(Offset at) =>
        $"{directory}/{LogFileNames.OfSegment(at, LogFileNames.SnapshotSuffix)}";
}
