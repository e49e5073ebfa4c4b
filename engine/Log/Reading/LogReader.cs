using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Finds the bytes of whole batches for a fetch. A reader that follows the log or its own last answer begins
/// at a known batch, and then no disk is touched here; otherwise a few kilobytes of headers are read.
/// </summary>
internal sealed class LogReader(IShard shard, LogStore store)
{
    /// <summary>
    /// Below this limit answers are cut at the exact batch, above it at the index entry before the limit.
    /// </summary>
    private const int ExactCutBytes = 16 * 1024;

    /// <summary>
    /// The batches from the one that holds <paramref name="from"/> on, as many whole ones as fit into
    /// <paramref name="maxBytes"/>, all below <paramref name="bound"/>, from one segment. With
    /// <paramref name="atLeastOne"/> the first comes even when it is larger (KIP-74).
    /// </summary>
    public async EngineTask<LogSlice> Read(Offset from, Offset bound, int maxBytes, bool atLeastOne)
    {
        var segment = from < bound ? store.SegmentOf(from) : null;
        if (segment is null || segment.BaseOffset >= bound)
        {
            return LogSlice.Nothing;
        }
        // What is written now is read; what comes during a read of headers waits for the next fetch.
        var written = segment.SizeBytes;
        var entry = segment.Index.FloorByOffset(from);
        var isExact = entry.BaseOffset == from || (entry.Position == 0 && from <= segment.BaseOffset);
        if (isExact
            && bound >= segment.EndOffset
            && TryCut(segment, entry.Position, written, maxBytes, out var end))
        {
            return Slice(segment, entry.Position, end);
        }
        return await Walk(segment, entry.Position, written, from, bound, maxBytes, atLeastOne);
    }

    /// <summary>Ends the slice without reading, where the limit leaves room for coarse cuts.</summary>
    private static bool TryCut(Segment segment, int start, int written, int maxBytes, out int end)
    {
        end = written;
        if (written - start <= maxBytes)
        {
            return true;
        }
        end = segment.Index.FloorByPosition(start + maxBytes);
        return maxBytes >= ExactCutBytes && end > start;
    }

    private async EngineTask<LogSlice> Walk(
        Segment segment, int near, int written, Offset from, Offset bound, int maxBytes, bool atLeastOne)
    {
        var walker = new BatchWalker(shard, store.Disk, segment.File, near);
        var start = -1;
        var end = near;
        while (walker.Position < written)
        {
            var found = await walker.Peek(written);
            if (found is not { } batch)
            {
                walker.Release();
                return new LogSlice(walker.Status, default);
            }
            if (batch.EndOffset > from)
            {
                start = start < 0 ? walker.Position : start;
                var size = walker.Position + batch.SizeBytes - start;
                if (batch.BaseOffset >= bound
                    || (size > maxBytes && !(atLeastOne && start == walker.Position)))
                {
                    break;
                }
                end = walker.Position + batch.SizeBytes;
                if (end - start >= ExactCutBytes
                    && TryCut(segment, start, written, maxBytes, out var far)
                    && far > end
                    && bound >= segment.EndOffset)
                {
                    end = far;
                    break;
                }
            }
            walker.Advance(batch);
        }
        walker.Release();
        return start < 0 || end <= start ? LogSlice.Nothing : Slice(segment, start, end);
    }

    private static LogSlice Slice(Segment segment, int start, int end) =>
        new(IoStatus.Ok, new FileRange(segment.File, start, Math.Max(0, end - start)));
}
