using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>
/// The sockets a poller watches, by small numbers. A key names one use of a slot: what was found ready for an
/// earlier user of the slot is recognised as stale.
/// </summary>
internal sealed class PollSlots
{
    private readonly List<Slot> _slots = [];
    private readonly Stack<int> _free = new();

    public int Add(IPollable target, Socket socket)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = _slots.Count;
            _slots.Add(new Slot());
        }
        _slots[slot].Target = target;
        _slots[slot].Socket = socket;
        return slot;
    }

    public void Remove(int slot)
    {
        Invariant.Assert(_slots[slot].Target is not null);
        _slots[slot].Target = null;
        _slots[slot].Socket = null;
        _slots[slot].Version = unchecked(_slots[slot].Version + 1);
        _free.Push(slot);
    }

    public Socket SocketOf(int slot)
    {
        Invariant.Assert(_slots[slot].Socket is not null);
        return _slots[slot].Socket!;
    }

    public ulong KeyOf(int slot) => ((ulong)_slots[slot].Version << 32) | (uint)slot;

    public bool TryFind(ulong key, [NotNullWhen(true)] out IPollable? target)
    {
        var slot = _slots[(int)(uint)(key & uint.MaxValue)];
        target = slot.Version == (uint)(key >> 32) ? slot.Target : null;
        return target is not null;
    }

    public IReadOnlyList<IPollable> Targets()
    {
        var targets = new List<IPollable>();
        foreach (var slot in _slots)
        {
            if (slot.Target is not null)
            {
                targets.Add(slot.Target);
            }
        }
        return targets;
    }

    private sealed class Slot
    {
        public IPollable? Target;
        public Socket? Socket;
        public uint Version;    // counts the uses of the slot
    }
}
