using System.Collections.Generic;
using Testbed.Foundation;
using Testbed.Node.Requests.Producing;
using Testbed.Wire;

namespace Testbed.Node.Requests;

/// <summary>
/// All clients' connections of a node: takes them from the listeners, closes the idle ones, and keeps what
/// they share. Requests wait until the node is ready.
/// </summary>
public sealed class RequestServer : IWork, IDeadlineSink<ServerConnection>
{
    private const int WritersKept = 256;

    private readonly Stack<WireWriter> _writers = new();
    private readonly Queue<ServerConnection> _toStart = new();
    private readonly SortedDictionary<long, ServerConnection> _connections = [];
    private readonly DeadlineQueue<ServerConnection> _idle;
    private readonly long _idleMaxMs;
    private long _accepted;
    private bool _isPosted;

    public RequestServer(IShard shard, ServedApis served, int requestMaxBytes, long idleMaxMs)
    {
        Shard = shard;
        Served = served;
        RequestMaxBytes = requestMaxBytes;
        _idleMaxMs = idleMaxMs;
        _idle = new DeadlineQueue<ServerConnection>(shard, this);
        Backlog = new ProduceBacklog(this);
    }

    public bool IsReady { get; private set; }

    public int ConnectionCount => _connections.Count;

    internal IShard Shard { get; }

    internal ServedApis Served { get; }

    internal int RequestMaxBytes { get; }

    internal ProduceBacklog Backlog { get; }

    /// <summary>Takes connections of one listener.</summary>
    public IConnectionHost Host(int listenerIndex) => new ListenerHost(this, listenerIndex);

    /// <summary>From now on requests are answered, those that have been waiting first.</summary>
    public void BecomeReady()
    {
        IsReady = true;
        foreach (var connection in _connections.Values)
        {
            StartLater(connection);
        }
    }

    /// <summary>No more requests are begun; those that have been are answered.</summary>
    public void BecomeUnready() => IsReady = false;

    public void Run(long token)
    {
        _isPosted = false;
        for (var count = _toStart.Count; count > 0; count--)
        {
            var connection = _toStart.Dequeue();
            connection.IsStartNoted = false;
            try
            {
                connection.StartWaiting();
            }
            catch (MalformedMessageException malformed)
            {
                connection.CloseMalformed(malformed);
            }
            connection.Throttle();
        }
    }

    void IDeadlineSink<ServerConnection>.OnDeadline(ServerConnection row)
    {
        var due = row.LastActive.PlusMs(_idleMaxMs);
        if (due <= Shard.Now && row.IsIdle)
        {
            Shard.Trace.Mark("idle-connection-closed");
            row.Close(CloseReason.Timeout);
            return;
        }
        row.IdleDeadline = _idle.Add(due > Shard.Now ? due : Shard.Now.PlusMs(_idleMaxMs), row);
    }

    internal IConnectionSink Accept(IConnection connection, int listenerIndex)
    {
        var accepted = new ServerConnection(this, connection, listenerIndex) { Number = _accepted++ };
        _connections.Add(accepted.Number, accepted);
        if (_idleMaxMs >= 0)
        {
            accepted.IdleDeadline = _idle.Add(Shard.Now.PlusMs(_idleMaxMs), accepted);
        }
        return accepted;
    }

    /// <summary>Starts what waits on a connection, and reads on there, in a unit of work to come.</summary>
    internal void StartLater(ServerConnection connection)
    {
        if (connection.IsStartNoted)
        {
            return;
        }
        connection.IsStartNoted = true;
        _toStart.Enqueue(connection);
        if (!_isPosted)
        {
            _isPosted = true;
            Shard.Post(this, 0);
        }
    }

    internal WireWriter RentWriter() =>
        _writers.TryPop(out var writer) ? writer : new WireWriter(Shard.Buffers);

    internal void Return(WireWriter writer)
    {
        writer.Release();
        if (_writers.Count < WritersKept)
        {
            _writers.Push(writer);
        }
    }

    internal void Forget(ServerConnection connection)
    {
        _idle.Remove(connection.IdleDeadline);
        _connections.Remove(connection.Number);
        Backlog.Forget(connection);
    }

    internal void OnMalformed(ServerConnection connection, MalformedMessageException malformed)
    {
        if (Shard.Trace.IsListening)
        {
            Shard.Trace.Emit(new MalformedRequestReceived(connection.Remote, malformed.Reason));
        }
    }

    private sealed class ListenerHost(RequestServer server, int listenerIndex) : IConnectionHost
    {
        public IConnectionSink OnOpened(IConnection connection, long token) =>
            server.Accept(connection, listenerIndex);

        public void OnConnectFailed(long token, CloseReason reason) =>
            throw new InvariantException("a listener does not connect");
    }
}
