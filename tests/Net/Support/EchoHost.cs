using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Tests.Net;

/// <summary>
/// Sends back what it gets, and reads no further while more than the limit waits to be sent.
/// </summary>
internal sealed class EchoHost(IShard shard, int bufferBytes = 16 * 1024, long unsentMax = 256 * 1024)
    : IConnectionHost
{
    public List<EchoSink> Sinks { get; } = [];

    public IConnectionSink OnOpened(IConnection connection, long token)
    {
        var sink = new EchoSink(shard, connection, bufferBytes, unsentMax);
        Sinks.Add(sink);
        return sink;
    }

    public void OnConnectFailed(long token, CloseReason reason) => Invariant.Assert(false);
}
