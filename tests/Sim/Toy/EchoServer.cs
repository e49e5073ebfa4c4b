using System;
using Testbed.Foundation;

namespace Testbed.Tests.Sim;

/// <summary>
/// Keeps each message it receives in its log and then sends it back. Listens once its log is recovered.
/// </summary>
internal sealed class EchoServer : IConnectionHost
{
    public const int Port = 7;

    private readonly IShard _shard;
    private readonly EchoLog _log;

    public EchoServer(IShard shard)
    {
        _shard = shard;
        _log = new EchoLog(shard, () => shard.Network.Listen(new NetworkAddress("", Port), this));
        _ = _log.Run();
    }

    public IConnectionSink OnOpened(IConnection connection, long token) =>
        new EchoSession(_shard, _log, connection);

    public void OnConnectFailed(long token, CloseReason reason) =>
        throw new InvalidOperationException("never connects");
}
