using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// Changes of names that programs see already and that a power cut may undo: each change as a whole,
/// independently of the others, except that a change never survives without the earlier ones of the same
/// names.
/// </summary>
internal sealed class NameJournal
{
    private readonly List<NameSlot[]> _unsynced = [];    // in the order in which they were made

    /// <summary>Makes one change: all of its names at once, as rename(2) does.</summary>
    public void Change(params NameSlot[] slots)
    {
        foreach (var slot in slots)
        {
            slot.PutInto(slot.Directory.Live);
        }
        _unsynced.Add(slots);
    }

    /// <summary>Makes the names in a directory durable, and with them the changes they build upon.</summary>
    public void Sync(DirectoryNode directory)
    {
        var wanted = new HashSet<(long, string)>();
        var synced = new Stack<NameSlot[]>();
        for (var index = _unsynced.Count - 1; index >= 0; index--)
        {
            var slots = _unsynced[index];
            if (Touches(slots, directory) || TouchesAny(slots, wanted))
            {
                AddKeys(slots, wanted);
                synced.Push(slots);
                _unsynced.RemoveAt(index);
            }
        }
        foreach (var slots in synced)
        {
            MakeDurable(slots);
        }
    }

    public void PowerCut(Prng chance)
    {
        var lost = new HashSet<(long, string)>();
        foreach (var slots in _unsynced)
        {
            var isKept = chance.Chance(1, 2);
            if (isKept && !TouchesAny(slots, lost))
            {
                MakeDurable(slots);
            }
            else
            {
                AddKeys(slots, lost);
            }
        }
        _unsynced.Clear();
    }

    private static void MakeDurable(NameSlot[] slots)
    {
        foreach (var slot in slots)
        {
            slot.PutInto(slot.Directory.Durable);
        }
    }

    private static bool Touches(NameSlot[] slots, DirectoryNode directory)
    {
        foreach (var slot in slots)
        {
            if (ReferenceEquals(slot.Directory, directory))
            {
                return true;
            }
        }
        return false;
    }

    private static bool TouchesAny(NameSlot[] slots, HashSet<(long, string)> keys)
    {
        foreach (var slot in slots)
        {
            if (keys.Contains(slot.Key))
            {
                return true;
            }
        }
        return false;
    }

    private static void AddKeys(NameSlot[] slots, HashSet<(long, string)> keys)
    {
        foreach (var slot in slots)
        {
            keys.Add(slot.Key);
        }
    }
}
