using Testbed.Foundation;
using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Tests.Engine.Client;

/// <summary>One broker of a <see cref="FakeCluster"/>, on a node of its own.</summary>
internal sealed class FakeBroker(FakeCluster cluster, NodeId id) : IConnectionHost
{
    public const int Port = 9092;

    private IShard? _shard;

    public NodeId Id => id;

    public NetworkAddress Address => new($"n{id}", Port);

    public void Boot(IShard shard)
    {
        _shard = shard;
        var listening = shard.Network.Listen(new NetworkAddress("", Port), this);
        Invariant.Assert(listening.Status == ListenStatus.Listening);
    }

    public IConnectionSink OnOpened(IConnection connection, long token)
    {
        cluster.ConnectionCount++;
        return new FakeConnection(this, _shard!, connection);
    }

    public void OnConnectFailed(long token, CloseReason reason)
    {
    }

    /// <summary>
    /// Reads the request and asks the cluster; changes the version where the answer has another.
    /// </summary>
    public Reply Handle(RequestHeader header, ref WireReader reader, ref short version)
    {
        var key = (ApiKey)header.RequestApiKey;
        var (lowest, highest) = cluster.Versions[key];
        if (version < lowest || version > highest)
        {
            version = 0;
            return key == ApiKey.ApiVersions ? Reply.With(cluster.VersionsRefusal()) : Reply.Close;
        }
        var request = ApiCatalogue.ReadRequest(key, ref reader, version);
        reader.RequireEnd();
        return cluster.Handle(this, request, version, header.ClientId ?? "", _shard!.Now);
    }
}
