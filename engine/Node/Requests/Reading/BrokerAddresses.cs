using System.Collections.Generic;
using System.Linq;
using Testbed.Foundation;
using Testbed.Node.Controller;

namespace Testbed.Node.Requests.Reading;

/// <summary>Where clients of a listener reach the brokers: each broker's endpoint of the same name.</summary>
internal static class BrokerAddresses
{
    public static IEnumerable<(BrokerImage Broker, NetworkAddress Address)> For(
        NodeContext node, int listenerIndex)
    {
        var listener = node.Settings.Listeners[listenerIndex].Name;
        foreach (var broker in node.Image.LiveBrokers)
        {
            if (broker.Endpoints.FirstOrDefault(at => at.ListenerName == listener) is { } endpoint)
            {
                yield return (broker, endpoint.Address);
            }
        }
    }
}
