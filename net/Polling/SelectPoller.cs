using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Testbed.Net;

/// <summary>
/// Socket.Select, woken by a datagram socket that sends to itself. For systems without epoll: a wait costs
/// time and garbage in proportion to the sockets watched.
/// </summary>
internal sealed class SelectPoller : IPoller
{
    private readonly PollSlots _slots = new();
    private readonly Dictionary<Socket, Watch> _watches = [];
    private readonly List<Watch> _ready = [];
    private readonly List<Socket> _readable = [];
    private readonly List<Socket> _writable = [];
    private readonly List<Socket> _broken = [];
    private readonly Socket _wake = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public SelectPoller()
    {
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _wake.Connect(_wake.LocalEndPoint!);
        _wake.Blocking = false;
    }

    public int Add(IPollable target, Socket socket, PollEvents interest)
    {
        var slot = _slots.Add(target, socket);
        _watches.Add(socket, new Watch { Key = _slots.KeyOf(slot), Interest = interest });
        return slot;
    }

    public void Change(int slot, PollEvents interest) => _watches[_slots.SocketOf(slot)].Interest = interest;

    public void Remove(int slot)
    {
        _watches.Remove(_slots.SocketOf(slot));
        _slots.Remove(slot);
    }

    public int Wait(int timeoutMs)
    {
        FillLists();
        Socket.Select(_readable, _writable, _broken, timeoutMs < 0 ? -1 : timeoutMs * 1000);
        _ready.Clear();
        Note(_readable, PollEvents.Readable);
        Note(_writable, PollEvents.Writable);
        Note(_broken, PollEvents.Broken);
        return _ready.Count;
    }

    public bool TryReady(int index, [NotNullWhen(true)] out IPollable? target, out PollEvents events)
    {
        events = _ready[index].Found;
        return _slots.TryFind(_ready[index].Key, out target);
    }

    public void Wake()
    {
        try
        {
            // A full buffer refuses the datagram: then one is waiting already.
            _wake.Send([0], SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            // The shard has ended meanwhile: nobody is left to wake.
        }
    }

    public IReadOnlyList<IPollable> Targets() => _slots.Targets();

    public void Dispose() => _wake.Dispose();

    private void FillLists()
    {
        _readable.Clear();
        _writable.Clear();
        _broken.Clear();
        _readable.Add(_wake);
        foreach (var (socket, watch) in _watches)
        {
            watch.Found = PollEvents.None;
            if ((watch.Interest & PollEvents.Readable) != PollEvents.None)
            {
                _readable.Add(socket);
            }
            if ((watch.Interest & PollEvents.Writable) != PollEvents.None)
            {
                _writable.Add(socket);
            }
            _broken.Add(socket);
        }
    }

    private void Note(List<Socket> found, PollEvents events)
    {
        foreach (var socket in found)
        {
            if (ReferenceEquals(socket, _wake))
            {
                DrainWakes();
                continue;
            }
            var watch = _watches[socket];
            if (watch.Found == PollEvents.None)
            {
                _ready.Add(watch);
            }
            watch.Found |= events;
        }
    }

    private void DrainWakes()
    {
        Span<byte> one = stackalloc byte[1];
        SocketError error;
        do
        {
            _wake.Receive(one, SocketFlags.None, out error);
        }
        while (error == SocketError.Success);
    }

    private sealed class Watch
    {
        public required ulong Key { get; init; }
        public PollEvents Interest;
        public PollEvents Found;    // by the last wait
    }
}
