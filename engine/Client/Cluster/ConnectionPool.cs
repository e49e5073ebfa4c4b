using System.Collections.Generic;
using Testbed.Foundation;

namespace Testbed.Client;

/// <summary>The connections of one client: one per address and lane, made when first asked for.</summary>
internal sealed class ConnectionPool(IShard shard, ConnectionOptions options)
{
    private readonly Dictionary<(NetworkAddress, ConnectionLane), BrokerConnection> _byAddress = [];
    private readonly List<(BrokerConnection Connection, ConnectionLane Lane)> _all = [];

    public BrokerConnection Get(NetworkAddress address, ConnectionLane lane)
    {
        if (!_byAddress.TryGetValue((address, lane), out var connection))
        {
            connection = new BrokerConnection(shard, address, options);
            _byAddress.Add((address, lane), connection);
            _all.Add((connection, lane));
        }
        return connection;
    }

    /// <summary>
    /// Closes connections to addresses that nobody names any more, once nothing is asked of them.
    /// </summary>
    public void CloseUnusedExcept(List<NetworkAddress> named)
    {
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            var (connection, lane) = _all[i];
            if (connection.IsUnused && !named.Contains(connection.Address))
            {
                connection.Close();
                _byAddress.Remove((connection.Address, lane));
                _all.RemoveAt(i);
            }
        }
    }

    public void CloseAll()
    {
        foreach (var (connection, _) in _all)
        {
            connection.Close();
        }
    }
}
