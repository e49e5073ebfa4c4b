using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Node.Requests.Producing;

/// <summary>
/// The produce requests of a shard, over all connections, whose batches are not all written yet, answered or
/// not. When their bytes have grown too many no other one starts until half of them are written; then the
/// connections that were held back go on, those first that have waited longest since their last produce.
/// </summary>
internal sealed class ProduceBacklog(RequestServer server)
{
    private const int RequestOverheadBytes = 4096;    // rows, and its share of a buffer that is not full

    private readonly SortedDictionary<long, ServerConnection> _heldBack = [];    // by turn
    private long _sizeBytes;
    private long _turns;

    /// <summary>True when no produce may start.</summary>
    public bool IsFull { get; private set; }

    /// <summary>A request with that many bytes has appended something that is not written yet.</summary>
    public void Add(int requestBytes)
    {
        _sizeBytes += requestBytes + RequestOverheadBytes;
        IsFull |= _sizeBytes > Limits.UnwrittenProduceMaxBytes;
    }

    /// <summary>All that a request has appended is written, or will never be.</summary>
    public void Remove(int requestBytes)
    {
        _sizeBytes -= requestBytes + RequestOverheadBytes;
        Invariant.Assert(_sizeBytes >= 0);
        if (IsFull && _sizeBytes <= Limits.UnwrittenProduceMaxBytes / 2)
        {
            IsFull = false;
            FreeAll();
        }
    }

    /// <summary>The connection has a produce that cannot start; it is told when that may.</summary>
    public void HoldBack(ServerConnection connection)
    {
        if (connection.ProduceTurn == 0)
        {
            connection.ProduceTurn = ++_turns;
        }
        _heldBack[connection.ProduceTurn] = connection;
        server.Shard.Trace.Mark("produce-held-back");
    }

    /// <summary>The connection is gone.</summary>
    public void Forget(ServerConnection connection) => _heldBack.Remove(connection.ProduceTurn);

    private void FreeAll()
    {
        foreach (var connection in _heldBack.Values)
        {
            server.StartLater(connection);
        }
        _heldBack.Clear();
    }
}
