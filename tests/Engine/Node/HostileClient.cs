using System.Collections.Generic;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Tests.Engine.Node;

/// <summary>A client that connects again when it is closed, and counts what it is owed.</summary>
internal sealed class HostileClient(NodeBench bench)
{
    private const int RequestsKept = 8;
    private readonly Queue<string> _last = new();
    private RawClient _client = bench.Connect();
    private int _owed;
    private int _sent;

    /// <summary>True when all is answered, or the connection is closed.</summary>
    public bool IsSettled => !_client.IsOpen || _client.Answers.Count == _owed;

    /// <summary>The newest requests on this connection, the newest last.</summary>
    public IEnumerable<string> LastRequests => _last;

    public void Send(IRequest request, short version)
    {
        if (!_client.IsOpen)
        {
            _client = bench.Connect();
            _owed = 0;
            _last.Clear();
        }
        if (_last.Count == RequestsKept)
        {
            _last.Dequeue();
        }
        _last.Enqueue($"{version} {HostileRequests.Describe(request)}");
        _client.Send(request, version, _sent++);
        _owed += request is ProduceRequest { Acks: 0 } ? 0 : 1;
    }
}
