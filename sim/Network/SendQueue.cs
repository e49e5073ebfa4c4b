using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// What one side has been asked to send and has not sent yet. Owns one hold on each lease in it until its
/// last byte has left.
/// </summary>
internal sealed class SendQueue
{
    private readonly Queue<Outgoing> _waiting = [];
    private int _taken;    // bytes of the first item that have left already

    /// <summary>Sum of what is left of the items.</summary>
    public long Bytes { get; private set; }

    public void Add(in Outgoing item)
    {
        Invariant.Assert(item.Count > 0);
        _waiting.Enqueue(item);
        Bytes += item.Count;
    }

    /// <summary>
    /// Fills <paramref name="into"/>, no more than there is. False when a file cannot be read.
    /// </summary>
    public bool TryTake(Span<byte> into)
    {
        Invariant.Assert(into.Length <= Bytes);
        while (into.Length > 0)
        {
            var item = _waiting.Peek();
            var count = Math.Min(into.Length, item.Count - _taken);
            if (!Copy(item, into[..count]))
            {
                return false;
            }
            into = into[count..];
            _taken += count;
            Bytes -= count;
            if (_taken == item.Count)
            {
                _waiting.Dequeue();
                _taken = 0;
                item.Lease?.Release();
            }
        }
        return true;
    }

    /// <summary>Gives up on what is left and releases its leases.</summary>
    public void ReleaseAll()
    {
        foreach (var item in _waiting)
        {
            item.Lease?.Release();
        }
        Forget();
    }

    /// <summary>The side that sent is dead: its leases died with its pool.</summary>
    public void Forget()
    {
        _waiting.Clear();
        _taken = 0;
        Bytes = 0;
    }

    public void CollectLeases(HashSet<Lease> into)
    {
        foreach (var item in _waiting)
        {
            if (item.Lease is not null)
            {
                into.Add(item.Lease);
            }
        }
    }

    private bool Copy(in Outgoing item, Span<byte> into)
    {
        if (item.Lease is not null)
        {
            item.Lease.Span.Slice((int)item.Start + _taken, into.Length).CopyTo(into);
            return true;
        }
        return item.File!.TryReadForSending(item.Start + _taken, into);
    }
}
