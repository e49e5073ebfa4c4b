using Testbed.Foundation;
using Testbed.Wire;

namespace Testbed.Tests.Engine.Client;

/// <summary>
/// A request as a fake broker got it. The number counts all requests to the cluster, from 0.
/// </summary>
internal sealed record Ask(
    NodeId Broker, IRequest Request, short Version, string ClientId, long Number, Instant At)
{
    public T As<T>()
        where T : class, IRequest => (T)Request;
}
