using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Testbed.Net;

/// <summary>epoll(7), level-triggered, woken by an eventfd(2).</summary>
internal sealed class EpollPoller : IPoller
{
    private const ulong WakeKey = ulong.MaxValue;

    private readonly PollSlots _slots = new();
    private readonly EpollEvents _ready = new(NetLimits.ReadySocketsPerTurn);
    private readonly EpollEvents _interest = new(1);
    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wake;

    public EpollPoller()
    {
        _epoll = LinuxCalls.EpollCreate(LinuxCalls.EpollCloseOnExec);
        ThrowIf(_epoll.IsInvalid);
        _wake = LinuxCalls.EventCreate(0, LinuxCalls.EventNonBlockingCloseOnExec);
        ThrowIf(_wake.IsInvalid);
        Control(LinuxCalls.EpollAdd, (int)_wake.DangerousGetHandle(), PollEvents.Readable, WakeKey);
    }

    public int Add(IPollable target, Socket socket, PollEvents interest)
    {
        var slot = _slots.Add(target, socket);
        Control(LinuxCalls.EpollAdd, (int)socket.Handle, interest, _slots.KeyOf(slot));
        return slot;
    }

    public void Change(int slot, PollEvents interest) =>
        Control(LinuxCalls.EpollModify, (int)_slots.SocketOf(slot).Handle, interest, _slots.KeyOf(slot));

    public void Remove(int slot)
    {
        Control(LinuxCalls.EpollDelete, (int)_slots.SocketOf(slot).Handle, PollEvents.None, 0);
        _slots.Remove(slot);
    }

    public int Wait(int timeoutMs)
    {
        var count = LinuxCalls.EpollWait(_epoll, ref _ready.First, NetLimits.ReadySocketsPerTurn, timeoutMs);
        if (count >= 0)
        {
            return count;
        }
        ThrowIf(Marshal.GetLastPInvokeError() != LinuxCalls.ErrnoInterrupted);
        return 0;
    }

    public bool TryReady(int index, [NotNullWhen(true)] out IPollable? target, out PollEvents events)
    {
        var key = _ready.KeyOf(index);
        events = _ready.EventsOf(index);
        if (key != WakeKey)
        {
            return _slots.TryFind(key, out target);
        }
        target = null;
        var wakes = 0UL;
        _ = LinuxCalls.EventRead(_wake, ref wakes, sizeof(ulong));
        return false;
    }

    public void Wake()
    {
        try
        {
            // Fails only when 2^64 - 1 wakes are waiting already.
            var one = 1UL;
            _ = LinuxCalls.EventWrite(_wake, ref one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // The shard has ended meanwhile: nobody is left to wake.
        }
    }

    public IReadOnlyList<IPollable> Targets() => _slots.Targets();

    public void Dispose()
    {
        _epoll.Dispose();
        _wake.Dispose();
    }

    private void Control(int operation, int descriptor, PollEvents interest, ulong key)
    {
        _interest.Set(0, interest, key);
        ThrowIf(LinuxCalls.EpollControl(_epoll, operation, descriptor, ref _interest.First) != 0);
    }

    private static void ThrowIf(bool hasFailed)
    {
        if (hasFailed)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }
}
