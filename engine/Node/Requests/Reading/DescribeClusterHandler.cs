using Testbed.Wire;
using Testbed.Wire.Messages;

namespace Testbed.Node.Requests.Reading;

/// <summary>DescribeCluster, versions 0 to 2 (KIP-700, KIP-919).</summary>
public sealed class DescribeClusterHandler(NodeContext node) : RequestHandler<DescribeClusterRequest>
{
    private const sbyte Brokers = 1;

    protected override void Handle(Exchange exchange, DescribeClusterRequest request)
    {
        if (request.EndpointType != Brokers)
        {
            exchange.Respond(new DescribeClusterResponse
            {
                ErrorCode = ErrorCode.MismatchedEndpointType,
                ErrorMessage = "this listener tells the brokers' endpoints only; "
                    + "ask a controller for the controllers'",
            });
            return;
        }
        var response = new DescribeClusterResponse
        {
            ClusterId = node.ClusterId,
            ControllerId = node.Settings.NodeId.Value,
            ClusterAuthorizedOperations = request.IncludeClusterAuthorizedOperations
                ? AuthorizedOperations.Cluster
                : AuthorizedOperations.NotAsked,
        };
        foreach (var (broker, address) in BrokerAddresses.For(node, exchange.ListenerIndex))
        {
            response.Brokers.Add(new DescribeClusterResponseBroker
            {
                BrokerId = broker.Id.Value,
                Host = address.Host,
                Port = address.Port,
                Rack = broker.Rack,
            });
        }
        exchange.Respond(response);
    }
}
