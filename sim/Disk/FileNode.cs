using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// A file's contents twice over: as programs see them, and as they would be found after a power cut. Both
/// share their pages; only pages that lost synced bytes since the last sync are kept a second time, so that
/// syncing copies nothing.
/// </summary>
/// <remarks>
/// The durable contents are the first <see cref="DurableLength"/> bytes of the kept page where there is one
/// and of the live page elsewhere. Live pages are zero beyond the live length.
/// </remarks>
internal sealed class FileNode(long id) : DiskNode(id)
{
    public const int PageBytes = 4096;

    private readonly List<byte[]> _pages = [];                      // the live contents
    private readonly SortedDictionary<int, byte[]> _synced = [];    // durable pages, where others are live
    private long _cutTo = long.MaxValue;    // lowest unsynced truncation below the durable length

    public long Length { get; private set; }

    public long DurableLength { get; private set; }

    /// <summary>When the live contents were changed last, by the node's date.</summary>
    public long ModifiedMs { get; set; }

    /// <summary>
    /// What the length will be at least once all that was asked for is done; only to tell senseless offsets.
    /// </summary>
    public long ExpectedLength { get; set; }

    /// <summary>
    /// A sync has failed: the bytes it was to save may be lost although later ones succeed, until the machine
    /// starts again.
    /// </summary>
    public bool IsSyncBroken { get; set; }

    /// <summary>Bytes of memory behind the contents.</summary>
    public long PagedBytes => (long)(_pages.Count + _synced.Count) * PageBytes;

    /// <summary>
    /// Bytes from <paramref name="offset"/> on; fewer than asked for at the end. Returns their count.
    /// </summary>
    public int Read(long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(Length - offset, 0, into.Length);
        for (var done = 0; done < count;)
        {
            var page = _pages[(int)((offset + done) / PageBytes)];
            var start = (int)((offset + done) % PageBytes);
            var some = Math.Min(PageBytes - start, count - done);
            page.AsSpan(start, some).CopyTo(into[done..]);
            done += some;
        }
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        Invariant.Assert(offset <= Length);
        while (bytes.Length > 0)
        {
            var index = (int)(offset / PageBytes);
            var start = (int)(offset % PageBytes);
            var some = Math.Min(PageBytes - start, bytes.Length);
            var page = PageForWriting(index, offset);
            bytes[..some].CopyTo(page.AsSpan(start));
            bytes = bytes[some..];
            offset += some;
            Length = Math.Max(Length, offset);
        }
    }

    public void Truncate(long length)
    {
        Invariant.Assert(length >= 0 && length <= Length);
        _cutTo = length < DurableLength ? Math.Min(_cutTo, length) : _cutTo;
        var firstDropped = (int)((length + PageBytes - 1) / PageBytes);
        var durablePages = (int)((DurableLength + PageBytes - 1) / PageBytes);
        for (var index = firstDropped; index < Math.Min(_pages.Count, durablePages); index++)
        {
            _synced.TryAdd(index, _pages[index]);
        }
        _pages.RemoveRange(firstDropped, _pages.Count - firstDropped);
        if (length % PageBytes != 0 && length < Length)
        {
            PageForWriting(firstDropped - 1, length).AsSpan((int)(length % PageBytes)).Clear();
        }
        Length = length;
    }

    public void Sync()
    {
        DurableLength = Length;
        _synced.Clear();
        _cutTo = long.MaxValue;
    }

    /// <summary>
    /// The machine loses power. What was synced stays; of the rest, each sector and each change of length may
    /// have reached the disk or not. What is left is durable.
    /// </summary>
    public void PowerCut(Prng chance, int sectorBytes)
    {
        var isCut = _cutTo < DurableLength;
        if (isCut && chance.Chance(1, 2))
        {
            UndoTruncation();
            TearPages(DurableLength, new PowerCutSectors(chance), sectorBytes);
        }
        else
        {
            var solidBytes = Math.Min(_cutTo, DurableLength);
            TearPages(solidBytes, new PowerCutSectors(chance), sectorBytes);
            var length = LengthAfterPowerCut(solidBytes, chance, sectorBytes);
            Truncate(length);
            if (length > solidBytes && chance.Chance(1, 4))
            {
                SoilLastSector(Math.Max(solidBytes, (length - 1) / sectorBytes * sectorBytes), chance);
            }
        }
        ExpectedLength = Length;
        IsSyncBroken = false;    // what the kernel took for clean is gone with it
        Sync();
    }

    /// <summary>
    /// The live page to write to at <paramref name="offset"/>; synced bytes from there on are kept first.
    /// </summary>
    private byte[] PageForWriting(int index, long offset)
    {
        if (index == _pages.Count)
        {
            _pages.Add(new byte[PageBytes]);
        }
        else if (offset < DurableLength && !_synced.ContainsKey(index))
        {
            _synced.Add(index, (byte[])_pages[index].Clone());
        }
        return _pages[index];
    }

    /// <summary>The truncation never reached the disk, nor did anything after it that lay beyond.</summary>
    private void UndoTruncation()
    {
        var firstLost = (int)(_cutTo / PageBytes);
        _pages.RemoveRange(firstLost, _pages.Count - firstLost);
        for (var index = firstLost; (long)index * PageBytes < DurableLength; index++)
        {
            _pages.Add(_synced[index]);
        }
        var tail = (int)(DurableLength % PageBytes);
        if (tail != 0)
        {
            _pages[^1].AsSpan(tail).Clear();
        }
        Length = DurableLength;
    }

    /// <summary>
    /// Puts back what did not reach the disk: the synced bytes below the solid length, zeros above.
    /// </summary>
    private void TearPages(long solidBytes, PowerCutSectors sectors, int sectorBytes)
    {
        for (var index = 0; index < _pages.Count; index++)
        {
            var pageStart = (long)index * PageBytes;
            var isRewritten = _synced.TryGetValue(index, out var synced);
            if (!isRewritten && pageStart + PageBytes <= solidBytes)
            {
                continue;
            }
            for (var start = 0; start < PageBytes; start += sectorBytes)
            {
                if (!sectors.IsNextKept())
                {
                    var solid = (int)Math.Clamp(solidBytes - pageStart - start, 0, sectorBytes);
                    var sector = _pages[index].AsSpan(start, sectorBytes);
                    synced?.AsSpan(start, solid).CopyTo(sector);
                    sector[solid..].Clear();
                }
            }
        }
    }

    private long LengthAfterPowerCut(long solidBytes, Prng chance, int sectorBytes)
    {
        var anywhere = chance.Between(solidBytes, Length);
        switch (chance.Below(4))
        {
            case 0:
                return solidBytes;
            case 1:
                return Length;
            case 2:
                return anywhere;
            default:
                return Math.Max(solidBytes, anywhere / sectorBytes * sectorBytes);
        }
    }

    /// <summary>
    /// A sector that was being written when the power went holds anything, but for its synced bytes.
    /// </summary>
    private void SoilLastSector(long firstSoiledMin, Prng chance)
    {
        var first = chance.Between(firstSoiledMin, Length - 1);
        Span<byte> dirt = stackalloc byte[(int)(Length - first)];
        chance.Fill(dirt);
        Write(first, dirt);
    }
}
