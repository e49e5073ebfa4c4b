using System;
using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// One direction of a connection, kernels and wire together. Bytes wait in the send queue, cross within a
/// bounded window and are read at the far end:
/// <code>
///   SendQueue --transmit--> segments on their way --arrive--> arrived, unread --deliver--> sink
///             |&lt;------------------ at most the window ------------------->|
/// </code>
/// Nothing is lost in between: what a cut or a dead machine swallows is sent again, ever more rarely (RFC
/// 6298), until it gets through or the connection is given up. Resets are the exception, as in TCP.
/// </summary>
internal sealed class Pipe : IWork
{
    private const int DoublingsMax = 20;

    private readonly World _world;
    private readonly Link _forward;
    private readonly Link _backward;
    private readonly Prng _chance;
    private readonly ByteRing _bytes = new();       // arrived bytes first, then those of the data segments
    private readonly Queue<Segment> _segments = [];
    private readonly int _windowBytes;
    private readonly int _senderPowerCuts;          // as they were when the connection was opened
    private int _unacknowledged;                    // read at the far end, but the way back is cut
    private int _retransmits;                       // of the first segment
    private Instant _blockedSince;                  // of the first segment; valid while _retransmits > 0
    private Instant _lastDue;
    private bool _isTransmitting;                   // a transmit step is in the world's queue
    private bool _isArriving;                       // an arrive step is in the world's queue
    private bool _endsWhenEmpty;                    // the end follows the last byte of the send queue
    private bool _isResetting;                      // a reset is among the segments

    public Pipe(World world, Link forward, Link backward, Prng chance)
    {
        _world = world;
        _forward = forward;
        _backward = backward;
        _chance = chance;
        _senderPowerCuts = forward.From.PowerCuts;
        var options = world.Options.Network;
        _windowBytes = (int)chance.Between(options.WindowBytesMin, options.WindowBytesMax);
    }

    /// <summary>Null once that side has closed or died.</summary>
    public SimConnection? Sender { get; set; }

    /// <summary>Null before the server has accepted and once that side has closed or died.</summary>
    public SimConnection? Receiver { get; set; }

    /// <summary>Who makes the receiving side when the first segment arrives; null on the way back.</summary>
    public Acceptance? Acceptance { get; set; }

    /// <summary>The other direction.</summary>
    public Pipe Reverse { get; set; } = null!;

    public SendQueue Unsent { get; } = new();

    /// <summary>Bytes the receiver can read now.</summary>
    public int ArrivedBytes { get; private set; }

    /// <summary>The sender has closed and all it had sent has arrived.</summary>
    public bool HasEnded { get; private set; }

    private int InFlightBytes => _bytes.Count + _unacknowledged;

    public void Run(long token)
    {
        if (token == PipeStep.Transmit)
        {
            _isTransmitting = false;
            Transmit();
        }
        else
        {
            _isArriving = false;
            Arrive();
        }
    }

    /// <summary>The client's kernel tells the server's that the connection stands.</summary>
    public void SendOpen() => Enqueue(SegmentKind.Open, 0);

    /// <summary>The send queue has changed; what is in it leaves at the end of this turn.</summary>
    public void OnQueued() => ScheduleTransmit(_world.Now);

    /// <summary>Sends what is left, then the end. Nothing may be added any more.</summary>
    public void EndWhenEmpty()
    {
        _endsWhenEmpty = true;
        ScheduleTransmit(_world.Now);
    }

    /// <summary>Breaks the connection at the far end, after what is on its way.</summary>
    public void SendReset()
    {
        if (!_isResetting)
        {
            _isResetting = true;
            Enqueue(SegmentKind.Reset, 0);
        }
    }

    /// <summary>
    /// The sender's machine lost power. Of what was on its way a part was on the wire and arrives; nothing is
    /// sent again.
    /// </summary>
    public void OnSenderPowerCut()
    {
        var onWire = _chance.Below(_segments.Count + 1);
        var kept = new List<Segment>();
        var keptBytes = ArrivedBytes;
        while (kept.Count < onWire)
        {
            var segment = _segments.Dequeue();
            kept.Add(segment);
            keptBytes += segment.Count;
        }
        DropUnarrived(keptBytes);
        foreach (var segment in kept)
        {
            _segments.Enqueue(segment);
        }
    }

    /// <summary>
    /// How much of what has arrived is handed over at once: sometimes all, sometimes a few bytes.
    /// </summary>
    public int NextPiece(int countMax)
    {
        var draw = _chance.Below(8);
        var few = _chance.Between(1, Math.Min(countMax, 16));
        var some = _chance.Between(1, countMax);
        if (draw >= _world.Options.Network.SplitsOutOf8)
        {
            return countMax;
        }
        return (int)(draw == 0 ? few : some);
    }

    /// <summary>
    /// True <paramref name="times"/> times out of <paramref name="outOf"/>, from this pipe's stream.
    /// </summary>
    public bool Chance(int times, int outOf) => _chance.Chance(times, outOf);

    /// <summary>The sender gave up: what has arrived can still be read, nothing else comes.</summary>
    public void DropUnarrived() => DropUnarrived(ArrivedBytes);

    /// <summary>The receiver reads.</summary>
    public void Take(Span<byte> into)
    {
        Invariant.Assert(into.Length <= ArrivedBytes);
        _bytes.Take(into);
        ArrivedBytes -= into.Length;
        _unacknowledged = _backward.IsCut ? _unacknowledged + into.Length : 0;
        if (Unsent.Bytes > 0)
        {
            ScheduleTransmit(_world.After(_backward.Delay.Sample(_chance)));
        }
    }

    private void Transmit()
    {
        _unacknowledged = _backward.IsCut ? _unacknowledged : 0;
        var room = (int)Math.Min(_windowBytes - InFlightBytes, Unsent.Bytes);
        if (room > 0)
        {
            var scratch = _world.Network.Scratch(room);
            if (!Unsent.TryTake(scratch))
            {
                BreakUnlessDead();
                return;
            }
            _bytes.Put(scratch);
            Enqueue(SegmentKind.Data, room);
            if (Unsent.Bytes == 0)
            {
                Sender?.OnAllLeft();
            }
        }
        if (Unsent.Bytes == 0 && _endsWhenEmpty)
        {
            _endsWhenEmpty = false;
            Enqueue(SegmentKind.End, 0);
        }
        if (Unsent.Bytes > 0 && _unacknowledged > 0)
        {
            ScheduleTransmit(_world.After(_world.Options.Network.RetransmitTicksMin));
        }
    }

    private void Enqueue(SegmentKind kind, int count)
    {
        var due = _world.After(_forward.Delay.Sample(_chance));
        _lastDue = due > _lastDue ? due : _lastDue;
        _segments.Enqueue(new Segment(kind, count, _lastDue));
        ScheduleArrival(_segments.Peek().Due);
    }

    private void Arrive()
    {
        if (!_segments.TryPeek(out var first))
        {
            return;
        }
        if (first.Due > _world.Now || _forward.StalledUntil > _world.Now)
        {
            ScheduleArrival(first.Due > _forward.StalledUntil ? first.Due : _forward.StalledUntil);
            return;
        }
        if (_forward.IsCut || !_forward.To.IsMachineUp)
        {
            SendAgainLater(first.Kind);
            return;
        }
        if (first.Kind == SegmentKind.Data && Receiver is null)
        {
            // Nobody there knows the connection. The reset may get lost: this goes on until it was heard.
            Reverse.SendReset();
            SendAgainLater(first.Kind);
            return;
        }
        _segments.Dequeue();
        _retransmits = 0;
        _isResetting = first.Kind != SegmentKind.Reset && _isResetting;
        Deliver(first);
        if (_segments.TryPeek(out var next))
        {
            ScheduleArrival(next.Due);
        }
    }

    private void Deliver(in Segment segment)
    {
        switch (segment.Kind)
        {
            case SegmentKind.Open:
                if (!Acceptance!.TryAccept(this))
                {
                    Reverse.SendReset();
                }
                Acceptance = null;
                break;
            case SegmentKind.Data:
                ArrivedBytes += segment.Count;
                Receiver!.OnReadable();
                break;
            case SegmentKind.End:
                HasEnded = true;
                Receiver?.OnReadable();
                break;
            case SegmentKind.Reset:
                Reverse.Sender?.Break(CloseReason.Reset);
                Reverse.DropUnarrived();
                break;
            default:
                throw new InvariantException($"no such kind of segment: {segment.Kind}");
        }
    }

    private void SendAgainLater(SegmentKind kind)
    {
        var options = _world.Options.Network;
        if (_forward.From.PowerCuts != _senderPowerCuts || kind == SegmentKind.Reset)
        {
            DropUnarrived();
            return;
        }
        _blockedSince = _retransmits == 0 ? _world.Now : _blockedSince;
        if (_world.Now.Ticks - _blockedSince.Ticks >= options.GiveUpTicks)
        {
            Abort();
            return;
        }
        var pauseTicks = options.RetransmitTicksMin << Math.Min(_retransmits, DoublingsMax);
        _retransmits++;
        ScheduleArrival(_world.After(Math.Min(pauseTicks, options.RetransmitTicksMax)));
    }

    /// <summary>The disk that failed may have been told to take its node with it.</summary>
    private void BreakUnlessDead()
    {
        if (Sender is not null)
        {
            Abort();
        }
    }

    private void Abort()
    {
        DropUnarrived();
        SendReset();
        Sender?.Break(CloseReason.Reset);
    }

    private void DropUnarrived(int keptBytes)
    {
        _segments.Clear();
        _bytes.KeepFirst(keptBytes);
        _retransmits = 0;
        _endsWhenEmpty = false;
        _isResetting = false;
    }

    private void ScheduleTransmit(Instant due)
    {
        if (!_isTransmitting)
        {
            _isTransmitting = true;
            _world.Push(due, new SimEvent(null, this, PipeStep.Transmit, SimEventKind.Network));
        }
    }

    private void ScheduleArrival(Instant due)
    {
        if (!_isArriving)
        {
            _isArriving = true;
            _world.Push(due, new SimEvent(null, this, PipeStep.Arrive, SimEventKind.Network));
        }
    }
}
