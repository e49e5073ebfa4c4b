using System;
using Testbed.Foundation;

namespace Testbed.Sim;

/// <summary>
/// A connection being opened. Legs that a cut or a dead machine swallows are tried again, a second later at
/// first and ever more rarely (RFC 6298), until the deadline.
/// </summary>
/// <remarks>
/// <code>
///   client --Knock--> server: does anybody listen?   no: --Refusal--> client, failed
///          &lt;--Answer-- yes
///   client: open --Open, the first segment of the pipe--> server: open
/// </code>
/// </remarks>
internal sealed class Handshake : IWork
{
    private const long FirstPauseTicks = 10_000_000;
    private const int DoublingsMax = 5;

    private readonly ShardNetwork _home;
    private readonly NetworkAddress _to;
    private readonly long _token;
    private readonly Link _there;
    private readonly Link _back;
    private readonly Prng _chance;
    private readonly long _ordinal;
    private IConnectionHost? _host;       // null once the client is dead
    private ShardNetwork? _server;        // who listened when the first leg arrived
    private HeapHandle _deadline;
    private CloseReason? _failure;        // how it ended, if it failed
    private int _tries;
    private bool _isConcluded;

    public Handshake(
        ShardNetwork home, IConnectionHost host, NetworkAddress to, long token, Link there, Link back)
    {
        _home = home;
        _host = host;
        _to = to;
        _token = token;
        _there = there;
        _back = back;
        _ordinal = there.ConnectCount++;
        _chance = World.Stream("handshake", LinkKey, 0, _ordinal);
    }

    private World World => _home.Shard.World;

    private long LinkKey => ((long)_there.From.Id.Value << 32) + _there.To.Id.Value;

    public void Begin(Instant deadline, bool isHostKnown)
    {
        var delayTicks = World.Options.Network.ConnectDelay.Sample(_chance);
        if (!isHostKnown)
        {
            Conclude(CloseReason.Unreachable, delayTicks);
            return;
        }
        _deadline = World.Push(deadline, StepOf(HandshakeStep.Deadline));
        Later(HandshakeStep.Knock, delayTicks + _there.Delay.Sample(_chance));
    }

    public void Run(long token)
    {
        if (token == HandshakeStep.Tell)
        {
            Tell();
            return;
        }
        if (_isConcluded)
        {
            return;
        }
        switch (token)
        {
            case HandshakeStep.Knock:
                Knock();
                break;
            case HandshakeStep.Answer when !TryAgain(_back):
                Conclude(null, 0);
                break;
            case HandshakeStep.Refusal when !TryAgain(_back):
                Conclude(CloseReason.Refused, 0);
                break;
            case HandshakeStep.Deadline:
                Conclude(CloseReason.Timeout, 0);
                break;
            default:
                break;
        }
    }

    public void Die()
    {
        _isConcluded = true;
        _host = null;
        World.Remove(_deadline);
    }

    private void Knock()
    {
        if (TryAgain(_there))
        {
            return;
        }
        _server = _there.To.Shard?.Network as ShardNetwork;
        var isListening = _server is not null && _server.IsListening(_to.Port);
        Later(isListening ? HandshakeStep.Answer : HandshakeStep.Refusal, _back.Delay.Sample(_chance));
    }

    /// <summary>True when this leg cannot arrive now: then the first one sets out again later.</summary>
    private bool TryAgain(Link link)
    {
        if (!link.IsCut && link.To.IsMachineUp && link.StalledUntil <= World.Now)
        {
            return false;
        }
        if (link.StalledUntil > World.Now)
        {
            Later(HandshakeStep.Knock, link.StalledUntil.Ticks - World.Now.Ticks);
            return true;
        }
        Later(HandshakeStep.Knock, FirstPauseTicks << Math.Min(_tries, DoublingsMax));
        _tries++;
        return true;
    }

    private void Conclude(CloseReason? failure, long delayTicks)
    {
        Invariant.Assert(!_isConcluded);
        _isConcluded = true;
        _failure = failure;
        World.Remove(_deadline);
        var told = new SimEvent(_home.Shard, this, HandshakeStep.Tell, SimEventKind.Network);
        World.Push(World.After(delayTicks), told);
    }

    private void Tell()
    {
        _home.Concluded(this);
        var node = _home.Shard.Id.Node;
        if (_failure is { } reason)
        {
            World.Trace.Operation(node, new ConnectFailed(_to, reason));
            _host!.OnConnectFailed(_token, reason);
            return;
        }
        World.Trace.Operation(node, new ConnectionOpened(_there.To.Id, _ordinal));
        var connection = Open();
        connection.BecomeHeard(_host!.OnOpened(connection, _token));
    }

    private SimConnection Open()
    {
        var outgoing = new Pipe(World, _there, _back, World.Stream("pipe", LinkKey, 0, _ordinal));
        var incoming = new Pipe(World, _back, _there, World.Stream("pipe", LinkKey, 1, _ordinal));
        outgoing.Reverse = incoming;
        incoming.Reverse = outgoing;
        outgoing.Acceptance = new Acceptance(_server!, _to.Port, _home.NewClientAddress(), _there.From.Id);
        var connection = new SimConnection(_home, outgoing, incoming, _to, _there.To.Id);
        _home.Add(connection);
        outgoing.SendOpen();
        return connection;
    }

    private void Later(long step, long ticks) => World.Push(World.After(ticks), StepOf(step));

    private SimEvent StepOf(long step) => new(null, this, step, SimEventKind.Network);
}
