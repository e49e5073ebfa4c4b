using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Finds the bytes of whole batches for a fetch. A reader that follows the log begins at a known batch; one
/// that goes on where it has read before costs the header of the batch behind; any other a few kilobytes of
/// headers. What this process has neither written nor seen before is checked.
/// </summary>
internal sealed class LogReader(IShard shard, PartitionLog log, LogStore store, SegmentLoader loader)
{
    /// <summary>
    /// Below this limit answers are cut at the exact batch, above it at the index entry before the limit.
    /// </summary>
    private const int ExactCutBytes = 16 * 1024;

    private readonly SliceCheck _check = new(shard, log);

    /// <summary>
    /// The batches from the one that holds <paramref name="from"/> on, as many whole ones as fit into
    /// <paramref name="maxBytes"/>, all below <paramref name="bound"/>, from one segment. With
    /// <paramref name="atLeastOne"/> the first comes even when it is larger (KIP-74).
    /// </summary>
    public async EngineTask<LogSlice> Read(Offset from, Offset bound, int maxBytes, bool atLeastOne)
    {
        var wish = new Wish(from, bound, maxBytes, atLeastOne);
        var segment = from < bound ? store.SegmentOf(from) : null;
        while (segment is not null && segment.BaseOffset < bound)
        {
            var hold = new SegmentHold(store.Cache, segment);
            var status = segment.IsLoaded ? IoStatus.Ok : await loader.Load(segment);
            var found = status == IoStatus.Ok ? await ReadIn(segment, wish) : Finding.Failed(status);
            if (found.Kind == FindingKind.Bytes)
            {
                if (await _check.Run(segment, found.Start, found.End, from) is { } damage)
                {
                    hold.Release();
                    return Damaged(segment, damage);
                }
                await Remember(segment, found.End);
                return new LogSlice(IoStatus.Ok, Range(segment, found), UpperBound(segment, found.End), hold);
            }
            hold.Release();
            if (found.Kind == FindingKind.Damaged)
            {
                return Damaged(
                    segment, $"there is no batch at {found.Start} of {_check.Describe(segment)} that can be");
            }
            if (found.Kind != FindingKind.NoBatch)
            {
                return found.Status == IoStatus.Failed && segment.Damage is { } known
                    ? Damaged(segment, known)
                    : new LogSlice(found.Status, default, default, null);
            }
            // Compaction has left nothing from here to the segment's end.
            segment = store.SegmentOf(segment.EndOffset);
        }
        return LogSlice.Nothing;
    }

    /// <summary>Whoever asks gets an error each time; people are told once.</summary>
    private LogSlice Damaged(Segment segment, string damage)
    {
        segment.Damage ??= damage;
        if (!segment.IsDamageTold && shard.Trace.IsListening)
        {
            shard.Trace.Emit(new LogDamageFound(log.Partition, segment.Damage));
        }
        segment.IsDamageTold = true;
        return new LogSlice(IoStatus.Failed, default, default, null) { Damage = damage };
    }

    private async EngineTask<Finding> ReadIn(Segment segment, Wish wish)
    {
        // What is written now is read; what comes during a read of headers waits for the next fetch.
        var written = segment.SizeBytes;
        var exact = segment.PositionOf(wish.From);
        if (exact >= 0
            && exact < written
            && wish.Bound >= segment.EndOffset
            && TryCut(segment, exact, written, wish.MaxBytes, out var end))
        {
            return Finding.Of(exact, end);
        }
        var near = exact >= 0
            ? new OffsetPosition(segment.BaseOffset, exact)
            : segment.Indexes!.Offsets.FloorByOffset(wish.From);
        var found = await Walk(segment, near, isEntry: exact < 0 && near.Position > 0, written, wish);
        if (found.Kind != FindingKind.IndexWrong)
        {
            return found;
        }
        var status = await loader.Rebuild(segment);
        return status == IoStatus.Ok
            ? await Walk(segment, new OffsetPosition(segment.BaseOffset, 0), isEntry: false, written, wish)
            : Finding.Failed(status);
    }

    /// <summary>A reader that goes on behind the slice finds its batch without the index.</summary>
    private async EngineTask Remember(Segment segment, int end)
    {
        if (end == segment.SizeBytes || segment.Knows(end))
        {
            return;
        }
        var ends = segment.ReadEnds;
        var walker = new BatchWalker(shard, store.Disk, segment.File!, end, StoredBatch.HeaderBytes);
        if (await walker.Peek(segment.SizeBytes) is { } next)
        {
            ends.Add(next.BaseOffset, end);
        }
        walker.Release();
    }

    /// <summary>Ends the slice without reading, where the limit leaves room for coarse cuts.</summary>
    private static bool TryCut(Segment segment, int start, int written, int maxBytes, out int end)
    {
        end = written;
        if (written - start <= maxBytes)
        {
            return true;
        }
        end = segment.Indexes!.Offsets.FloorByPosition(start + maxBytes).Position;
        return maxBytes >= ExactCutBytes && end > start;
    }

    private async EngineTask<Finding> Walk(
        Segment segment, OffsetPosition near, bool isEntry, int written, Wish wish)
    {
        var walker = new BatchWalker(shard, store.Disk, segment.File!, near.Position);
        var start = -1;
        var end = near.Position;
        var previousEnd = segment.BaseOffset;
        var found = Finding.NoBatch;
        while (walker.Position < written)
        {
            var peeked = await walker.Peek(written);
            if (walker.Position == near.Position && isEntry && peeked?.EndOffset != near.Offset + 1)
            {
                found = Finding.IndexWrong;
                break;
            }
            if (peeked is not { } batch)
            {
                found = Finding.Failed(walker.Status);
                break;
            }
            if (!segment.CanHold(batch, previousEnd))
            {
                found = Finding.Damaged(walker.Position);
                break;
            }
            previousEnd = batch.EndOffset;
            if (batch.EndOffset > wish.From)
            {
                found = Finding.Nothing;
                start = start < 0 ? walker.Position : start;
                var size = walker.Position + batch.SizeBytes - start;
                if (batch.BaseOffset >= wish.Bound
                    || (size > wish.MaxBytes && !(wish.AtLeastOne && start == walker.Position)))
                {
                    break;
                }
                end = walker.Position + batch.SizeBytes;
                if (end - start >= ExactCutBytes
                    && TryCut(segment, start, written, wish.MaxBytes, out var far)
                    && far > end
                    && wish.Bound >= segment.EndOffset)
                {
                    end = far;
                    break;
                }
            }
            walker.Advance(batch);
        }
        walker.Release();
        return found.Status == IoStatus.Ok && start >= 0 && end > start
            ? Finding.Of(start, end)
            : found;
    }

    private static FileRange Range(Segment segment, in Finding found) =>
        new(segment.File!, found.Start, found.End - found.Start);

    private static Offset UpperBound(Segment segment, int end) =>
        segment.Indexes!.Offsets.NextFrom(end) is { } next
            ? Offset.Min(next.Offset + 1, segment.EndOffset)
            : segment.EndOffset;

    private readonly record struct Wish(Offset From, Offset Bound, int MaxBytes, bool AtLeastOne);

    private enum FindingKind
    {
        /// <summary>Whole batches.</summary>
        Bytes,

        /// <summary>A batch is there but may not be told, or none can be read.</summary>
        Nothing,

        /// <summary>The segment has no batch from the wanted offset on.</summary>
        NoBatch,

        /// <summary>No batch is where the index says.</summary>
        IndexWrong,

        /// <summary>No batch that can follow the one before is at Start.</summary>
        Damaged,
    }

    private readonly record struct Finding(FindingKind Kind, IoStatus Status, int Start, int End)
    {
        public static Finding Nothing => new(FindingKind.Nothing, IoStatus.Ok, 0, 0);

        public static Finding NoBatch => new(FindingKind.NoBatch, IoStatus.Ok, 0, 0);

        public static Finding IndexWrong => new(FindingKind.IndexWrong, IoStatus.Ok, 0, 0);

        public static Finding Of(int start, int end) => new(FindingKind.Bytes, IoStatus.Ok, start, end);

        public static Finding Damaged(int position) =>
            new(FindingKind.Damaged, IoStatus.Ok, position, position);

        public static Finding Failed(IoStatus status) => new(FindingKind.Nothing, status, 0, 0);
    }
}
