using System;
using System.Buffers.Binary;
using Testbed.Foundation;

namespace Testbed.Log;

/// <summary>
/// The latest offset of every key in a part of a log. Open addressing in one leased buffer, which is never
/// more than nine tenths full.
/// </summary>
/// <remarks>
/// <code>
/// slot, 24 bytes
///   0 16  hash of the key, see KeyHash
///  16  8  offset + 1; 0 in a free slot
/// </code>
/// A key has the first slot, from the one that its hash names, that is free or has its hash. Nothing is ever
/// taken out.
/// </remarks>
public sealed class OffsetMap
{
    /// <summary>What a key costs at least, in bytes of log.cleaner.dedupe.buffer.size.</summary>
    public const int SlotBytes = KeyHash.SizeBytes + sizeof(long);
    private const int SlotsMin = 2;    // one for a key, one that stays free
    private const int LoadTenths = 9;

    private readonly Lease _lease;
    private readonly KeyHash _hash;
    private readonly int _slotCount;

    /// <param name="buffers">Where its memory comes from.</param>
    /// <param name="hash">Is the map's own from now on, and released with it.</param>
    /// <param name="keysMax">There will not be more keys: no memory is taken for more. At least 0.</param>
    /// <param name="budgetBytes">log.cleaner.dedupe.buffer.size: no more memory is taken for slots.</param>
    public OffsetMap(IBuffers buffers, KeyHash hash, long keysMax, int budgetBytes)
    {
        Invariant.Assert(keysMax >= 0);
        _hash = hash;
        var wanted = (long)Int128.Min((Int128)keysMax * 10 / LoadTenths + 1, budgetBytes / SlotBytes);
        _slotCount = (int)Math.Max(wanted, SlotsMin);
        CountMax = (int)((long)_slotCount * LoadTenths / 10);
        _lease = buffers.Rent(_slotCount * SlotBytes);
        Slots.Clear();
    }

    /// <summary>Keys in the map.</summary>
    public int Count { get; private set; }

    /// <summary>Keys it can have.</summary>
    public int CountMax { get; }

    /// <summary>
    /// Exclusive end of the offsets whose keys are all in the map; None before the first are.
    /// </summary>
    public Offset MappedEnd { get; private set; } = Offset.None;

    private Span<byte> Slots => _lease.Span[..(_slotCount * SlotBytes)];

    /// <summary>
    /// Sets the key's offset, which is not below the one it has. False, changing nothing, when it is a new
    /// key and the map is full.
    /// </summary>
    public bool TryPut(ReadOnlySpan<byte> key, Offset offset)
    {
        Span<byte> hash = stackalloc byte[KeyHash.SizeBytes];
        _hash.Of(key, hash);
        var slot = SlotOf(hash);
        var stored = BinaryPrimitives.ReadInt64LittleEndian(slot[KeyHash.SizeBytes..]);
        if (stored == 0)
        {
            if (Count == CountMax)
            {
                return false;
            }
            hash.CopyTo(slot);
            Count++;
        }
        Invariant.Assert(offset.Value + 1 >= stored);
        BinaryPrimitives.WriteInt64LittleEndian(slot[KeyHash.SizeBytes..], offset.Value + 1);
        return true;
    }

    /// <summary>The key's offset; None when the map does not have it.</summary>
    public Offset Find(ReadOnlySpan<byte> key)
    {
        Span<byte> hash = stackalloc byte[KeyHash.SizeBytes];
        _hash.Of(key, hash);
        return new Offset(BinaryPrimitives.ReadInt64LittleEndian(SlotOf(hash)[KeyHash.SizeBytes..]) - 1);
    }

    /// <summary>All keys below <paramref name="end"/> are in the map.</summary>
    public void MoveMappedEnd(Offset end)
    {
        Invariant.Assert(end >= MappedEnd);
        MappedEnd = end;
    }

    /// <summary>Gives the memory back.</summary>
    public void Release()
    {
        _lease.Release();
        _hash.Release();
    }

    /// <summary>The slot with this hash, or the free one where it belongs: one is always free.</summary>
    private Span<byte> SlotOf(ReadOnlySpan<byte> hash)
    {
        var slots = Slots;
        var index = (int)(BinaryPrimitives.ReadUInt64LittleEndian(hash) % (ulong)_slotCount);
        while (true)
        {
            var slot = slots.Slice(index * SlotBytes, SlotBytes);
            if (BinaryPrimitives.ReadInt64LittleEndian(slot[KeyHash.SizeBytes..]) == 0
                || slot[..KeyHash.SizeBytes].SequenceEqual(hash))
            {
                return slot;
            }
            index = index + 1 == _slotCount ? 0 : index + 1;
        }
    }
}
