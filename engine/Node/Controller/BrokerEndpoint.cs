using Testbed.Foundation;

namespace Testbed.Node.Controller;

/// <summary>An address of a broker under the name of its listener.</summary>
public sealed record BrokerEndpoint(string ListenerName, NetworkAddress Address);
