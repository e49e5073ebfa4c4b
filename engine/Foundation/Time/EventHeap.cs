using System;
using System.Runtime.CompilerServices;

namespace Testbed.Foundation;

/// <summary>
/// Items in order of due time; items due at the same time come out in the order they went in. A 4-ary heap of
/// 16-byte keys beside a table of slots: sifting moves keys only, and a handle removes its item wherever it
/// is.
/// </summary>
/// <remarks>
/// A key is (due, order): the lower 24 bits of order name the slot, the 39 above them count the pushes.
/// Counting restarts whenever the heap is empty, so 2^39 pushes without a pause are the limit.
/// </remarks>
public sealed class EventHeap<T>
{
    private const int Arity = 4;
    private const int SlotBits = 24;
    private const int SlotMask = (1 << SlotBits) - 1;
    private const long PushesMax = 1L << (63 - SlotBits);

    private Key[] _keys = new Key[16];          // _keys[0.._count) is the heap
    private Slot[] _slots = new Slot[16];       // slots in use are named by exactly one key
    private int _slotsUsed;                     // slots ever used; free ones are chained from _freeSlot
    private int _freeSlot = -1;
    private long _pushes;

    public int Count { get; private set; }

    /// <summary>When the first item is due; <see cref="Instant.Never"/> when there is none.</summary>
    public Instant NextDue => Count == 0 ? Instant.Never : new Instant(_keys[0].Due);

    public HeapHandle Push(Instant due, T item)
    {
        Invariant.Assert(_pushes < PushesMax);
        var slot = TakeSlot();
        _slots[slot].Item = item;
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
        }
        Count++;
        Rise(Count - 1, new Key(due.Ticks, (_pushes++ << SlotBits) | (long)slot));
        return new HeapHandle(slot, _slots[slot].Version);
    }

    /// <summary>Takes the first item. False when the heap is empty.</summary>
    public bool TryPop(out Instant due, out T item)
    {
        if (Count == 0)
        {
            due = Instant.Never;
            item = default!;
            return false;
        }
        var first = _keys[0];
        due = new Instant(first.Due);
        item = _slots[first.Slot].Item;
        RemoveAt(0);
        return true;
    }

    /// <summary>
    /// Removes the item behind the handle. False when it has come out or was removed before.
    /// </summary>
    public bool Remove(HeapHandle handle)
    {
        if (handle.IsNone || handle.Slot >= _slotsUsed || _slots[handle.Slot].Version != handle.Version)
        {
            return false;
        }
        RemoveAt(_slots[handle.Slot].Position);
        return true;
    }

    /// <summary>
    /// Removes all items that match, wherever they are, and tells how many. The others keep their order.
    /// </summary>
    public int RemoveAll(Predicate<T> matches)
    {
        var kept = 0;
        for (var position = 0; position < Count; position++)
        {
            var key = _keys[position];
            if (matches(_slots[key.Slot].Item))
            {
                FreeSlot(key.Slot);
            }
            else
            {
                Place(kept++, key);
            }
        }
        var removed = Count - kept;
        Count = kept;
        _pushes = kept == 0 ? 0 : _pushes;
        for (var parent = (kept - 2) / Arity; removed > 0 && kept > 1 && parent >= 0; parent--)
        {
            Sink(parent, _keys[parent]);
        }
        return removed;
    }

    private int TakeSlot()
    {
        int slot;
        if (_freeSlot >= 0)
        {
            slot = _freeSlot;
            _freeSlot = _slots[slot].Position;
        }
        else
        {
            Invariant.Assert(_slotsUsed < SlotMask);
            slot = _slotsUsed++;
            if (slot == _slots.Length)
            {
                Array.Resize(ref _slots, slot * 2);
            }
            _slots[slot].Version = 1;
        }
        return slot;
    }

    private void RemoveAt(int position)
    {
        FreeSlot(_keys[position].Slot);
        Count--;
        if (Count == 0)
        {
            _pushes = 0;
        }
        if (position == Count)
        {
            return;
        }
        var moved = _keys[Count];
        if (position > 0 && moved.IsBefore(_keys[(position - 1) / Arity]))
        {
            Rise(position, moved);
        }
        else
        {
            Sink(position, moved);
        }
    }

    private void FreeSlot(int freed)
    {
        ref var slot = ref _slots[freed];
        slot.Item = default!;
        slot.Version = unchecked(slot.Version + 1) == 0 ? 1 : unchecked(slot.Version + 1);
        slot.Position = _freeSlot;
        _freeSlot = freed;
    }

    private void Rise(int position, Key key)
    {
        while (position > 0)
        {
            var parent = (position - 1) / Arity;
            if (!key.IsBefore(_keys[parent]))
            {
                break;
            }
            Place(position, _keys[parent]);
            position = parent;
        }
        Place(position, key);
    }

    private void Sink(int position, Key key)
    {
        while (true)
        {
            var child = position * Arity + 1;
            if (child >= Count)
            {
                break;
            }
            var last = Math.Min(child + Arity, Count);
            for (var other = child + 1; other < last; other++)
            {
                child = _keys[other].IsBefore(_keys[child]) ? other : child;
            }
            if (!_keys[child].IsBefore(key))
            {
                break;
            }
            Place(position, _keys[child]);
            position = child;
        }
        Place(position, key);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Place(int position, Key key)
    {
        _keys[position] = key;
        _slots[key.Slot].Position = position;
    }

    private readonly record struct Key(long Due, long Order)
    {
        public int Slot => (int)(Order & SlotMask);

        public bool IsBefore(Key other) => Due != other.Due ? Due < other.Due : Order < other.Order;
    }

    private struct Slot
    {
        public T Item;
        public int Position;    // index into _keys while in use, next free slot otherwise
        public int Version;     // never 0; changes when the slot is freed
    }
}
