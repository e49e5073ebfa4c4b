using System;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// Tells a torn write from damage, at the first batch of the last segment that is not sound. A power cut may
/// lose any sectors of what was not synced, so sound batches may follow a torn one. But it leaves a mark:
/// a lost sector reads as zeros from where the synced bytes end, and bytes written in part only are at the
/// end of the file. A batch before a sound one that shows no such sector was changed after it was written.
/// </summary>
/// <remarks>
/// In doubt the answer is Torn: a log must open after any power cut. So it misses damage in the last batch,
/// or in a batch that itself holds a whole aligned sector of zeros. Where the header is good, the next batch
/// is looked for only where its length, or one bit turned over in it, says: records may hold bytes that look
/// like batches.
/// </remarks>
internal sealed class TailExaminer(IShard shard, IDisk disk, IFile file, long start, Offset expected)
{
    /// <summary>The least a disk loses; larger sectors are several of these.</summary>
    private const int SectorBytes = 512;

    private const int BaseOffsetBytes = 8;
    private const int LengthBits = 32;

    private readonly FileWindow _window = new(shard, disk, file);

    public async EngineTask<TailVerdict> Run()
    {
        var sound = await FindSoundBehind();
        var isTorn = sound < 0 || await HasLostSector(sound);
        _window.Release();
        if (_window.HasFailed)
        {
            return TailVerdict.Unreadable;
        }
        if (sound >= 0 && isTorn)
        {
            shard.Trace.Mark("torn-before-a-sound-batch");
        }
        return isTorn ? TailVerdict.Torn : TailVerdict.Damaged;
    }

    /// <summary>Where a sound batch begins behind the bad one; -1 when there is none.</summary>
    private async EngineTask<long> FindSoundBehind()
    {
        if (!await _window.Load(start, StoredBatch.HeaderBytes))
        {
            return -1;
        }
        return BatchCheck.HasHeader(_window.Span, expected)
            ? await FindByLength(BatchCheck.LengthField(_window.Span))
            : await FindByScanning();
    }

    private async EngineTask<long> FindByLength(int lengthField)
    {
        for (var bit = -1; bit < LengthBits; bit++)
        {
            var size = BatchCheck.SizeFor(bit < 0 ? lengthField : lengthField ^ (1 << bit));
            if (size > 0
                && await IsSoundAt(start + size)
                && (bit < 0 || await HasRightCrc(size)))
            {
                return start + size;
            }
        }
        return -1;
    }

    private async EngineTask<long> FindByScanning()
    {
        var budget = Limits.DamageScanMaxBytes;
        for (var at = start + 1; await _window.LoadSome(at, StoredBatch.HeaderBytes);)
        {
            var next = NextHeader(_window.Span);
            if (next >= 0)
            {
                at += next;
                var size = BatchCheck.SizeOf(_window.Span[next..]);
                budget -= size <= file.Length - at ? size : 0;
                if (budget < 0 || await IsSoundAt(at))
                {
                    return budget < 0 ? -1 : at;
                }
                at++;
            }
            else
            {
                at += _window.Span.Length - StoredBatch.HeaderBytes + 1;
            }
        }
        return -1;
    }

    /// <summary>Index of the first bytes that look like the header of a later batch; -1 for none.</summary>
    private int NextHeader(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i + StoredBatch.HeaderBytes <= bytes.Length; i++)
        {
            if (BatchCheck.HasHeaderAbove(bytes[i..], expected))
            {
                return i;
            }
        }
        return -1;
    }

    private async EngineTask<bool> IsSoundAt(long position)
    {
        if (!await _window.Load(position, StoredBatch.HeaderBytes)
            || !BatchCheck.HasHeaderAbove(_window.Span, expected))
        {
            return false;
        }
        var size = BatchCheck.SizeOf(_window.Span);
        return await _window.Load(position, size) && BatchCheck.IsSoundAbove(_window.Span, expected);
    }

    private async EngineTask<bool> HasRightCrc(long size) =>
        await _window.Load(start, size) && BatchCheck.HasRightCrc(_window.Span, size);

    /// <summary>
    /// Whether a sector between the bad batch and <paramref name="sound"/> may have been lost.
    /// </summary>
    private async EngineTask<bool> HasLostSector(long sound)
    {
        for (var sector = start / SectorBytes * SectorBytes; sector < sound; sector += SectorBytes)
        {
            var from = Math.Max(sector, start);
            var count = Math.Min(sector + SectorBytes, file.Length) - from;
            if (!await _window.Load(from, count))
            {
                return false;
            }
            if (!_window.Span.ContainsAnyExcept((byte)0) && !(from == start && IsUnchangedByZeros(count)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// True when the batch begins with at least this many zeros anyway: losing them has changed nothing.
    /// </summary>
    private bool IsUnchangedByZeros(long count) =>
        count <= BaseOffsetBytes && expected.Value >> (int)(8 * (BaseOffsetBytes - count)) == 0;
}
